package dev.berth.registry.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table whose eventually consistent reads know nothing that was written since it was made. */
public final class LaggingTable implements Table {

  private final MemoryTable table;
  private final MemoryTable before = new MemoryTable();

  public LaggingTable(MemoryTable table) {
    this.table = table;
    table.all().forEach(item -> before.transact(Action.put(item)));
  }

  @Override
  public Map<Key, Item> get(Collection<Key> keys, Consistency consistency) {
    return readable(consistency).get(keys, consistency);
  }

  @Override
  public Page<Item> query(
      String partition, String prefix, Optional<String> after, int limit, Consistency consistency) {
    return readable(consistency).query(partition, prefix, after, limit, consistency);
  }

  private Table readable(Consistency consistency) {
    return consistency == Consistency.STRONG ? table : before;
  }

  @Override
  public Scanned scan(String prefix, Optional<Key> after, int limit) {
    return table.scan(prefix, after, limit);
  }

  @Override
  public Outcome transact(List<Action> actions) {
    return table.transact(actions);
  }
}
