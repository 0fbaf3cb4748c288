package dev.berth.local.host;

import dev.berth.core.trigger.Schedule.Daily;
import dev.berth.core.trigger.Schedule.Every;
import dev.berth.core.trigger.Trigger.OnSchedule;
import dev.berth.local.bus.OwnFunction;
import dev.berth.local.bus.OwnFunction.FailedException;
import java.time.Instant;

/** What a schedule starts in one region. */
record ScheduledFunction(
    OnSchedule rule, OwnFunction function, ScheduledEvent event, DailyRuns runs) {

  /**
   * Runs the function, if it is time to: a daily one is asked often, the others when their period
   * is over. One run at a time, as two would do the same.
   *
   * @throws FailedException if it failed; a daily one is due again at once then
   */
  synchronized void fire() throws FailedException {
    switch (rule.schedule()) {
      case Every _ -> function.invoke(event.json());
      case Daily daily -> {
        if (runs.isDue(rule.name(), daily)) {
          Instant begun = runs.clock().instant();
          function.invoke(event.json());
          runs.ran(rule.name(), begun);
        }
      }
    }
  }

  String region() {
    return event.region();
  }

  @Override
  public String toString() {
    return rule.name() + " in " + region();
  }
}
