package dev.berth.registry.gc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.store.MemoryTable;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CollectionScheduleTest {

  private Instant now = Instant.parse("2026-06-01T12:00:00Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final CollectionSchedule schedule =
      new CollectionSchedule(new MemoryTable(), GcPeriods.standard(), clock);

  @Test
  void theFirstRunIsDueAtOnce() {
    assertThat(schedule.isDue()).isTrue();
  }

  @Test
  void aRunIsDueEachNight() {
    schedule.ran(Collected.NOTHING);
    assertDueFrom("2026-06-02T03:00:00.001Z");
    schedule.ran(Collected.NOTHING);
    assertDueFrom("2026-06-03T03:00:00Z");
  }

  @Test
  void aNightThatTheMachineWasOffIsMadeUpFor() {
    schedule.ran(Collected.NOTHING);
    now = Instant.parse("2026-06-05T09:00:00Z");
    assertThat(schedule.isDue()).isTrue();
    schedule.ran(Collected.NOTHING);
    assertDueFrom("2026-06-06T03:00:00Z");
  }

  @Test
  void whatARunAnnouncedIsRemovedAnHourLater() {
    schedule.ran(Collected.announced(1));
    assertDueFrom("2026-06-01T13:00:00Z");
    schedule.ran(Collected.NOTHING);
    assertThat(schedule.isDue()).isFalse();
  }

  @Test
  void aClockThatWasSetBackDoesNotPutOffRuns() {
    schedule.ran(Collected.NOTHING);
    now = Instant.parse("2020-01-01T00:00:00Z");
    assertThat(schedule.isDue()).isTrue();
    schedule.ran(Collected.NOTHING);
    assertThat(schedule.isDue()).isFalse();
  }

  private void assertDueFrom(String time) {
    now = Instant.parse(time).minusMillis(2);
    assertThat(schedule.isDue()).isFalse();
    now = Instant.parse(time);
    assertThat(schedule.isDue()).isTrue();
  }
}
