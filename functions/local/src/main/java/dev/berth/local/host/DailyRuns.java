package dev.berth.local.host;

import dev.berth.core.trigger.Schedule.Daily;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** When the daily rules of a region last ran, which is noted in its table. */
record DailyRuns(Table table, Clock clock) {

  private static final String RAN_AT = "ranAt";

  /**
   * Whether the last time of the rule has not been answered by a run. Where nothing is noted there
   * is nothing to make up for, and where it is later than now, the clock was set back: from now on
   * it is waited for the next time.
   */
  boolean isDue(String rule, Daily daily) {
    Instant now = clock.instant();
    Optional<Instant> ranAt =
        table
            .get(Keys.dailyRun(rule), Consistency.STRONG)
            .map(item -> Instant.ofEpochMilli(item.number(RAN_AT)));
    if (ranAt.isEmpty() || ranAt.get().isAfter(now)) {
      ran(rule, now);
      return false;
    }
    return ranAt.get().isBefore(daily.last(now));
  }

  /** Notes a run that has ended well. */
  void ran(String rule, Instant begun) {
    table.transact(
        Action.put(
            Item.at(Keys.dailyRun(rule))
                .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
                .number(RAN_AT, begun.toEpochMilli())
                .build()));
  }
}
