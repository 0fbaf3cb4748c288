package dev.berth.local.host;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table that tells when something was put into the outbox, as a stream of DynamoDB's does. */
record ObservedTable(Table table, IntConsumer shardGrew) implements Table {

  private static final Map<String, Integer> SHARDS =
      IntStream.range(0, Keys.OUTBOX_SHARDS)
          .boxed()
          .collect(Collectors.toUnmodifiableMap(Keys::outbox, shard -> shard));

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
    Outcome outcome = table.transact(actions);
    if (outcome.committed()) {
      actions.forEach(this::tell);
    }
    return outcome;
  }

  private void tell(Action action) {
    Integer shard = SHARDS.get(action.key().partition());
    if (shard != null && action instanceof Action.Put) {
      shardGrew.accept(shard);
    }
  }
}
