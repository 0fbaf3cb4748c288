package dev.berth.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.trigger.BerthFunction;
import dev.berth.core.trigger.Schedule;
import dev.berth.core.trigger.Schedule.Daily;
import dev.berth.core.trigger.Schedule.Every;
import dev.berth.core.trigger.Trigger.OnSchedule;
import dev.berth.local.bus.OwnFunction;
import dev.berth.local.bus.OwnFunction.FailedException;
import dev.berth.registry.store.MemoryTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DailyRunsTest {

  private static final Daily AT_TWO = new Daily(LocalTime.of(2, 0));

  private final MemoryTable table = new MemoryTable();
  private Instant now = Instant.parse("2026-06-01T12:00:00Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private int runs;
  private boolean failing;

  @Test
  void aNewDeploymentHasNothingToMakeUpFor() throws FailedException {
    assertThat(runsAt("2026-06-01T12:00:00Z")).isZero();
    assertThat(runsAt("2026-06-02T01:59:59Z")).isZero();
    assertThat(runsAt("2026-06-02T02:00:00Z")).isEqualTo(1);
  }

  @Test
  void aDailyRuleRunsOnceADay() throws FailedException {
    runsAt("2026-06-01T12:00:00Z");
    assertThat(runsAt("2026-06-02T02:00:30Z")).isEqualTo(1);
    assertThat(runsAt("2026-06-02T02:01:30Z")).isEqualTo(1);
    assertThat(runsAt("2026-06-03T01:59:00Z")).isEqualTo(1);
    assertThat(runsAt("2026-06-03T02:00:00Z")).isEqualTo(2);
  }

  @Test
  void timesThatTheHostWasOffAreMadeUpForOnce() throws FailedException {
    runsAt("2026-06-01T12:00:00Z");
    assertThat(runsAt("2026-06-05T09:00:00Z")).isEqualTo(1);
    assertThat(runsAt("2026-06-05T09:01:00Z")).isEqualTo(1);
  }

  @Test
  void aRunThatFailedIsDueAgain() throws FailedException {
    runsAt("2026-06-01T12:00:00Z");
    failing = true;
    assertThatThrownBy(() -> runsAt("2026-06-02T02:00:00Z")).isInstanceOf(FailedException.class);
    failing = false;
    assertThat(runsAt("2026-06-02T02:01:00Z")).isEqualTo(2);
    assertThat(runsAt("2026-06-02T02:02:00Z")).isEqualTo(2);
  }

  @Test
  void aRunThatGoesOnPastTheNextTimeIsFollowedByAnother() throws FailedException {
    runsAt("2026-06-01T12:00:00Z");
    var slow = function(AT_TWO, () -> now = Instant.parse("2026-06-03T02:30:00Z"));
    now = Instant.parse("2026-06-02T02:00:00Z");
    slow.fire();
    assertThat(runsAt("2026-06-03T02:31:00Z")).isEqualTo(1);
  }

  @Test
  void aClockThatWasSetBackRunsNothingUntilTheNextTime() throws FailedException {
    runsAt("2030-06-01T12:00:00Z");
    assertThat(runsAt("2026-06-01T12:00:00Z")).isZero();
    assertThat(runsAt("2026-06-02T02:00:00Z")).isEqualTo(1);
  }

  @Test
  void whatIsNotDailyRunsWheneverItIsItsTurn() throws FailedException {
    var often = function(new Every(Duration.ofMinutes(1)), () -> runs++);
    often.fire();
    often.fire();
    assertThat(runs).isEqualTo(2);
    assertThat(table.all()).isEmpty();
  }

  private int runsAt(String time) throws FailedException {
    now = Instant.parse(time);
    function(
            AT_TWO,
            () -> {
              runs++;
              if (failing) {
                throw new IllegalStateException("out of order");
              }
            })
        .fire();
    return runs;
  }

  private ScheduledFunction function(Schedule schedule, Runnable work) {
    return new ScheduledFunction(
        new OnSchedule("lifecycle-daily", schedule, BerthFunction.LIFECYCLE),
        new OwnFunction(BerthFunction.LIFECYCLE, (_, _, _) -> work.run()),
        new ScheduledEvent("lifecycle-daily", "us-east-1", clock),
        new DailyRuns(table, clock));
  }
}
