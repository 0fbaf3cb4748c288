package dev.berth.core.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeverityCountsTest {

  private static final SeverityCounts COUNTS =
      SeverityCounts.of(Stream.of(Severity.LOW, Severity.CRITICAL, Severity.LOW));

  @Test
  void onlySeveritiesThatThereAreAreCountedWorstFirst() {
    assertThat(COUNTS.counts())
        .containsExactly(Map.entry(Severity.CRITICAL, 1), Map.entry(Severity.LOW, 2));
    assertThat(COUNTS.total()).isEqualTo(3);
    assertThat(new SeverityCounts(Map.of(Severity.HIGH, 0))).isEqualTo(SeverityCounts.NONE);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    assertThat(COUNTS.text()).isEqualTo("CRITICAL=1 LOW=2");
    assertThat(SeverityCounts.parse(COUNTS.text())).isEqualTo(COUNTS);
    assertThat(SeverityCounts.parse(SeverityCounts.NONE.text())).isEqualTo(SeverityCounts.NONE);
    assertThatThrownBy(() -> SeverityCounts.parse("WORSE=1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
