package dev.berth.local.bus;

import dev.berth.registry.outbox.Ulid;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Scanned;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** An event in the queue of a rule, as an item of the table: a partition for each rule. */
final class QueuedEvent {

  private static final String EVENT = "event";
  private static final String TRIES = "tries";

  private static final int ITEMS_PER_CALL = 1000;

  private QueuedEvent() {}

  /** That nobody has tried to deliver yet. */
  static Item of(String rule, String event, Instant now) {
    return Item.at(new Key(rule, Ulid.next(now))).text(EVENT, event).number(TRIES, 0).build();
  }

  /** All of all queues. */
  static void forEach(Table table, Consumer<Item> events) {
    Optional<Key> position = Optional.empty();
    do {
      Scanned page = table.scan("", position, ITEMS_PER_CALL);
      page.items().forEach(events);
      position = page.next();
    } while (position.isPresent());
  }

  static String event(Item item) {
    return item.text(EVENT);
  }

  static int tries(Item item) {
    return (int) item.number(TRIES);
  }

  static Action.Update tried(Item item, int tries) {
    return Action.update(item.key()).set(TRIES, tries).when(Condition.present());
  }
}
