package dev.berth.local.bus;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Limits;
import dev.berth.registry.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Events that are put into the queues of all rules together, with few syncs of the disk. */
final class Posting {

  /** In UTF-8 a character has three bytes at most, and an item has little beside its event. */
  private static final int MOST_CHARACTERS = Limits.TRANSACTION_BYTES / 4;

  private final Table table;
  private final List<Posted> batch = new ArrayList<>();
  private int characters;

  /**
   * @param written is told when the item is on the disk
   */
  private record Posted(Item item, Consumer<Item> written) {}

  Posting(Table table) {
    this.table = table;
  }

  void add(Item item, Consumer<Item> written) {
    int length = QueuedEvent.event(item).length();
    if (batch.size() == Table.MOST || characters + length > MOST_CHARACTERS) {
      write();
    }
    batch.add(new Posted(item, written));
    characters += length;
  }

  /** Returns when all that was added is on the disk. */
  void write() {
    if (!batch.isEmpty()) {
      table.transact(batch.stream().<Action>map(posted -> Action.put(posted.item())).toList());
      batch.forEach(posted -> posted.written().accept(posted.item()));
      batch.clear();
      characters = 0;
    }
  }
}
