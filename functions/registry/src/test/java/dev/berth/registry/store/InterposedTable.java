package dev.berth.registry.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A table on which others come in between, once, at the worst moment. */
public final class InterposedTable implements Table {

  private final Table table;
  private Predicate<List<Action>> moment = actions -> false;
  private Runnable others = () -> {};
  private Predicate<Key> reading = key -> false;
  private Runnable othersOfRead = () -> {};

  public InterposedTable(Table table) {
    this.table = table;
  }

  /**
   * @param what happens, once, right before a transaction that has such an action
   */
  public void before(Predicate<Action> action, Runnable what) {
    moment = actions -> actions.stream().anyMatch(action);
    others = what;
  }

  /**
   * @param what happens, once, right before a read of such a key
   */
  public void beforeRead(Predicate<Key> key, Runnable what) {
    reading = key;
    othersOfRead = what;
  }

  @Override
  public Map<Key, Item> get(Collection<Key> keys, Consistency consistency) {
    if (keys.stream().anyMatch(reading)) {
      reading = any -> false;
      othersOfRead.run();
    }
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
    if (moment.test(actions)) {
      moment = any -> false;
      others.run();
    }
    return table.transact(actions);
  }
}
