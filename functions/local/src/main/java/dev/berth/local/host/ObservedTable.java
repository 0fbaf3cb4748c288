package dev.berth.local.host;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.ForwardingTable;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.Table;
import dev.berth.registry.work.Work;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table that tells when something was put into the outbox, or work to do at once was left, as a
 * stream of DynamoDB's does.
 *
 * @see Sweeping
 * @see Draining
 */
final class ObservedTable extends ForwardingTable {

  private static final Map<String, Integer> SHARDS =
      IntStream.range(0, Keys.OUTBOX_SHARDS)
          .boxed()
          .collect(Collectors.toUnmodifiableMap(Keys::outbox, shard -> shard));

  private final News shards;
  private final News work;
  private final Clock clock;

  /**
   * @param shards is told the number of a shard that has grown
   * @param work is told of work, by whatever number
   */
  ObservedTable(Table table, News shards, News work, Clock clock) {
    super(table);
    this.shards = shards;
    this.work = work;
    this.clock = clock;
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
    if (action instanceof Action.Put put) {
      String partition = put.key().partition();
      Integer shard = SHARDS.get(partition);
      if (shard != null) {
        shards.tell(shard);
      } else if (partition.equals(Keys.works()) && !Work.due(put.item()).isAfter(clock.instant())) {
        work.tell(0);
      }
    }
  }
}
