package dev.berth.registry.outbox;

import dev.berth.core.text.Excerpt;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Attribute;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What becomes of changes whose events a bus does not take: they are tried again, after a second at
 * first and after ten minutes at last, for about a day (as long as EventBridge tries to reach a
 * target), and are kept as dead letters then.
 */
final class Refusals {

  private static final System.Logger LOG = System.getLogger(Refusals.class.getName());

  static final int MOST_TRIES = 150;

  /** What an item has that was refused, and no other. */
  static final String TRIES = "tries";

  static final String DUE = "due";
  static final String REASON = "reason";

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private final Table table;
  private final Clock clock;

  Refusals(Table table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /** When a change is to be tried: at once, unless it was refused. */
  static Instant due(Item item) {
    return Instant.ofEpochMilli(item.optionalNumber(DUE).orElse(0));
  }

  /** Notes that the events of a change were refused once more. */
  void add(Item item, String reason) {
    long tries = item.optionalNumber(TRIES).orElse(0) + 1;
    if (tries >= MOST_TRIES) {
      bury(item, reason);
      return;
    }
    table.transact(
        Action.update(item.key())
            .set(TRIES, tries)
            .set(DUE, clock.instant().plus(pause(tries)).toEpochMilli())
            // another drainer may have published it meanwhile
            .when(Condition.present()));
  }

  private static Duration pause(long tries) {
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(tries - 1, 20));
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  /** Moves a change to the dead letters, as it is and with the reason. */
  void bury(Item item, String reason) {
    LOG.log(
        System.Logger.Level.ERROR, "event not published, kept as a dead letter: {0}", item.key());
    Map<String, Attribute> attributes = new HashMap<>(item.attributes());
    attributes.put(REASON, new Attribute.Text(Excerpt.of(reason)));
    table.transact(
        Action.delete(item.key()), Action.put(new Item(Keys.deadLetter(item.key()), attributes)));
  }
}
