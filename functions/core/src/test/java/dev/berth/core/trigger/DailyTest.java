package dev.berth.core.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.trigger.Schedule.Daily;
import java.time.Instant;
import java.time.LocalTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DailyTest {

  private static final Daily AT_TWO = new Daily(LocalTime.of(2, 0));

  @ParameterizedTest
  @CsvSource({
    "2026-06-01T12:00:00Z, 2026-06-01T02:00:00Z",
    "2026-06-01T02:00:00Z, 2026-06-01T02:00:00Z",
    "2026-06-01T01:59:59.999Z, 2026-05-31T02:00:00Z",
    "2024-03-01T00:00:00Z, 2024-02-29T02:00:00Z"
  })
  void theLastTimeIsThatOfTodayOrElseThatOfYesterday(String now, String last) {
    assertThat(AT_TWO.last(Instant.parse(now))).isEqualTo(last);
  }
}
