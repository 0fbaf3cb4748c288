package dev.berth.registry.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A table that tells of each item that this process writes, after it was written, or after a
 * failure that may have come after it was: whoever remembers items hears of every change, and no
 * writer has to think of them.
 */
public final class WatchedTable implements Table {

  private final Table table;
  private final Consumer<Key> written;

  /**
   * @param written is called often, and before the writer's client is answered: must be fast
   */
  public WatchedTable(Table table, Consumer<Key> written) {
    this.table = table;
    this.written = written;
  }

  @Override
  public Map<Key, Item> get(Collection<Key> keys, Consistency consistency) {
    return table.get(keys, consistency);
  }

  @Override
  public Page<Item> query(
      String partition, String prefix, Optional<String> after, int limit, Consistency consistency) {
    return table.query(partition, prefix, after, limit, consistency);
  }

  @Override
  public Scanned scan(String prefix, Optional<Key> after, int limit) {
    return table.scan(prefix, after, limit);
  }

  @Override
  public Outcome transact(List<Action> actions) {
    try {
      return table.transact(actions);
    } finally {
      for (Action action : actions) {
        if (!(action instanceof Action.Check)) {
          written.accept(action.key());
        }
      }
    }
  }
}
