package dev.berth.registry.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table that hands everything on to another, for those that add something to some of it. */
public class ForwardingTable implements Table {

  private final Table table;

  public ForwardingTable(Table table) {
    this.table = table;
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
    return table.transact(actions);
  }
}
