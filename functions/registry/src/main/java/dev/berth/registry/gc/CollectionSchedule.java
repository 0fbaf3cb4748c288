package dev.berth.registry.gc;

import dev.berth.core.trigger.Schedule.Daily;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;

/**
 * When collection runs: at 3 o'clock UTC, or as soon after that as the machine is on, and once more
 * for the links whose removal a run announced. The last run is noted in the table.
 */
public final class CollectionSchedule {

  private static final Daily NIGHTLY = new Daily(LocalTime.of(3, 0));
  private static final String RAN_AT = "ranAt";
  private static final String ANNOUNCED = "announced";

  private final Table table;
  private final Duration announced;
  private final Clock clock;

  public CollectionSchedule(Table table, GcPeriods periods, Clock clock) {
    this.table = table;
    this.announced = periods.announced();
    this.clock = clock;
  }

  public boolean isDue() {
    Optional<Item> last = table.get(Keys.collection(), Consistency.STRONG);
    return last.map(this::isDueAfter).orElse(true);
  }

  private boolean isDueAfter(Item last) {
    Instant ranAt = Instant.ofEpochMilli(last.number(RAN_AT));
    Instant now = clock.instant();
    boolean again = last.number(ANNOUNCED) > 0 && !ranAt.plus(announced).isAfter(now);
    // of a clock that was set back since
    boolean isLater = ranAt.isAfter(now);
    return again || isLater || ranAt.isBefore(NIGHTLY.last(now));
  }

  /** Notes a run that has just ended. */
  public void ran(Collected collected) {
    table.transact(
        Action.put(
            Item.at(Keys.collection())
                .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
                .number(RAN_AT, clock.instant().toEpochMilli())
                .number(ANNOUNCED, collected.announced())
                .build()));
  }
}
