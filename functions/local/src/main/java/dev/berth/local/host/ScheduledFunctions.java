package dev.berth.local.host;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.berth.core.trigger.BerthFunction;
import dev.berth.core.trigger.Trigger.OnSchedule;
import dev.berth.core.trigger.Triggers;
import dev.berth.local.bus.OwnFunction;
import dev.berth.registry.store.Table;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * What the schedules among {@link Triggers} start in one region, as far as it has those functions.
 *
 * @param table of the region, which remembers the runs of daily rules
 * @param clock by which those are
 */
record ScheduledFunctions(
    String region, Map<BerthFunction, RequestStreamHandler> functions, Table table, Clock clock) {

  List<ScheduledFunction> all() {
    return Triggers.ALL.stream()
        .filter(OnSchedule.class::isInstance)
        .map(OnSchedule.class::cast)
        .filter(rule -> functions.containsKey(rule.function()))
        .map(this::scheduled)
        .toList();
  }

  private ScheduledFunction scheduled(OnSchedule rule) {
    return new ScheduledFunction(
        rule,
        new OwnFunction(rule.function(), functions.get(rule.function())),
        new ScheduledEvent(rule.name(), region, clock),
        new DailyRuns(table, clock));
  }
}
