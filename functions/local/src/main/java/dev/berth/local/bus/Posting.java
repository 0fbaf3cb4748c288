package dev.berth.local.bus;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Limits;
import dev.berth.registry.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Events that are put into the queues of all rules together, with few syncs of the disk. Those that
 * a queue has no room for are dead letters once the others are on the disk: where that fails,
 * whoever publishes does so again, and none of them would be a letter twice.
 */
final class Posting {

  /** In UTF-8 a character has three bytes at most, and an item has little beside its event. */
  private static final int MOST_CHARACTERS = Limits.TRANSACTION_BYTES / 4;

  private final Table table;
  private final List<Posted> batch = new ArrayList<>();
  private final List<Runnable> refusals = new ArrayList<>();
  private int characters;

  /**
   * @param written is told when the item is on the disk
   */
  private record Posted(Item item, Consumer<Item> written) {}

  Posting(Table table) {
    this.table = table;
  }

  /** Adds events to a queue, as far as it has room. */
  void add(Deliveries queue, List<String> events) {
    int room = queue.room(events.size());
    queue.items(events.subList(0, room)).forEach(item -> add(item, it -> queue.begin(it.key())));
    if (room < events.size()) {
      refusals.add(() -> queue.refuse(events.subList(room, events.size())));
    }
  }

  void add(Item item, Consumer<Item> written) {
    int length = QueuedEvent.event(item).length();
    if (batch.size() == Table.MOST || characters + length > MOST_CHARACTERS) {
      writeBatch();
    }
    batch.add(new Posted(item, written));
    characters += length;
  }

  /** Returns when all that was added is on the disk. */
  void write() {
    writeBatch();
    refusals.forEach(Runnable::run);
    refusals.clear();
  }

  private void writeBatch() {
    if (!batch.isEmpty()) {
      table.transact(batch.stream().<Action>map(posted -> Action.put(posted.item())).toList());
      batch.forEach(posted -> posted.written().accept(posted.item()));
      batch.clear();
      characters = 0;
    }
  }
}
