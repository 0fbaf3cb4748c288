package dev.berth.registry.outbox;

import dev.berth.events.EcrEvent;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Publishes the events of the changes that are written down in the outbox, shard by shard in their
 * order, and removes each when the bus has taken its events. It may be stopped anywhere and run by
 * several at once: nothing is lost, and an event may be published twice, with the same id.
 *
 * <p>A change whose events the bus does not take is left for later, see {@link Refusals}, and does
 * not hold up those behind it.
 */
public final class Drainer {

  private static final System.Logger LOG = System.getLogger(Drainer.class.getName());

  /** Of 49 events at most each, as many as a transaction removes. */
  private static final int RECORDS_PER_CALL = 25;

  private final Table table;
  private final EventBus bus;
  private final Expansion expansion;
  private final Refusals refusals;
  private final Clock clock;

  /**
   * @param region of the deployment
   * @param source that its events are published as
   */
  public Drainer(Table table, EventBus bus, String region, String source, Clock clock) {
    this.table = table;
    this.bus = bus;
    this.expansion = new Expansion(region, source);
    this.refusals = new Refusals(table, clock);
    this.clock = clock;
  }

  /** Drains all shards. */
  public void run() {
    IntStream.range(0, Keys.OUTBOX_SHARDS).forEach(this::run);
  }

  /**
   * Drains one shard of what was committed before. One run at a time, as two would publish the
   * same.
   *
   * @param shard from 0, below {@link Keys#OUTBOX_SHARDS}
   */
  public synchronized void run(int shard) {
    Instant now = clock.instant();
    Optional<String> position = Optional.empty();
    do {
      Page<Item> page =
          table.query(Keys.outbox(shard), "", position, RECORDS_PER_CALL, Consistency.STRONG);
      publish(page.entries().stream().filter(item -> !Refusals.due(item).isAfter(now)).toList());
      position = page.next();
    } while (position.isPresent());
  }

  private void publish(List<Item> items) {
    List<Item> owners = new ArrayList<>();
    List<EcrEvent> events = new ArrayList<>();
    for (Item item : items) {
      for (EcrEvent event : eventsOf(item)) {
        owners.add(item);
        events.add(event);
      }
    }
    if (!events.isEmpty()) {
      settle(owners, offered(events));
    }
  }

  /** None of an item that is no record of a change, which nobody will ever be able to publish. */
  private List<EcrEvent> eventsOf(Item item) {
    try {
      return expansion.events(OutboxRecord.of(item), item.key().sort());
    } catch (IllegalStateException | IllegalArgumentException e) {
      refusals.bury(item, e.toString());
      return List.of();
    }
  }

  private Map<Integer, String> offered(List<EcrEvent> events) {
    try {
      return bus.publish(events);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "no event was published, trying again later", e);
      Map<Integer, String> all = new HashMap<>();
      IntStream.range(0, events.size()).forEach(i -> all.put(i, e.toString()));
      return all;
    }
  }

  /**
   * @param owners the item that each event is of
   * @param refused positions of events that were not taken
   */
  private void settle(List<Item> owners, Map<Integer, String> refused) {
    Map<Item, String> failed = new HashMap<>();
    refused.forEach((position, reason) -> failed.put(owners.get(position), reason));
    List<Action> removals =
        owners.stream()
            .distinct()
            .filter(item -> !failed.containsKey(item))
            .<Action>map(item -> Action.delete(item.key()))
            .toList();
    if (!removals.isEmpty()) {
      table.transact(removals);
    }
    failed.forEach(refusals::add);
  }
}
