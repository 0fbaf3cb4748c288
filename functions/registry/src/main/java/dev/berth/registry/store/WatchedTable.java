package dev.berth.registry.store;

import java.util.List;
import java.util.function.Consumer;

/**
 * A table that tells of each item that this process writes, after it was written, or after a
 * failure that may have come after it was: whoever remembers items hears of every change, and no
 * writer has to think of them.
 */
public final class WatchedTable extends ForwardingTable {

  private final Consumer<Key> written;

  /**
   * @param written is called often, and before the writer's client is answered: must be fast
   */
  public WatchedTable(Table table, Consumer<Key> written) {
    super(table);
    this.written = written;
  }

  @Override
  public Outcome transact(List<Action> actions) {
    try {
      return super.transact(actions);
    } finally {
      for (Action action : actions) {
        if (!(action instanceof Action.Check)) {
          written.accept(action.key());
        }
      }
    }
  }
}
