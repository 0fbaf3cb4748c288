package dev.berth.local.host;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.ForwardingTable;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.Table;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table that tells when something was put into the outbox, as a stream of DynamoDB's does. */
final class ObservedTable extends ForwardingTable {

  private static final Map<String, Integer> SHARDS =
      IntStream.range(0, Keys.OUTBOX_SHARDS)
          .boxed()
          .collect(Collectors.toUnmodifiableMap(Keys::outbox, shard -> shard));

  private final IntConsumer shardGrew;

  ObservedTable(Table table, IntConsumer shardGrew) {
    super(table);
    this.shardGrew = shardGrew;
  }

  @Override
  public Outcome transact(List<Action> actions) {
    Outcome outcome = super.transact(actions);
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
