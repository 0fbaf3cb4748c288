package dev.berth.local.bus;

import dev.berth.local.bus.Sender.RefusedException;
import dev.berth.registry.outbox.Ulid;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The events that are on their way to one rule's target: kept in a table until the target has them
 * or a dead letter is written, so that no crash loses one. An event may be sent twice, and a later
 * one before an earlier one. However slow a target is, it holds up nobody but itself.
 */
final class Deliveries implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());

  /** At once, to one target. */
  private static final int PARALLEL = 4;

  /** Waiting for one target; what comes beyond is a dead letter at once. */
  static final int MOST_WAITING = 10_000;

  private static final Duration AFTER_A_FAULT = Duration.ofSeconds(5);
  private static final int ROWS_PER_CALL = 1000;
  private static final String EVENT = "event";
  private static final String TRIES = "tries";

  private final String rule;
  private final Table table;
  private final Sender sender;
  private final DeadLetters letters;
  private final Retries retries;
  private final Clock clock;
  private final DelayQueue<Delivery> waiting = new DelayQueue<>();
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("delivery-", 0).factory());

  /** Begins with what a former host left. */
  Deliveries(
      String rule, Table table, Sender sender, DeadLetters letters, Retries retries, Clock clock) {
    this.rule = rule;
    this.table = table;
    this.sender = sender;
    this.letters = letters;
    this.retries = retries;
    this.clock = clock;
    readWaiting();
    for (int i = 0; i < PARALLEL; i++) {
      workers.execute(this::work);
    }
  }

  private void readWaiting() {
    Optional<String> position = Optional.empty();
    do {
      Page<Item> page = table.query(rule, "", position, ROWS_PER_CALL, Consistency.STRONG);
      page.entries().forEach(item -> waiting.add(Delivery.in(item.key(), Duration.ZERO)));
      position = page.next();
    } while (position.isPresent());
  }

  /**
   * Takes events; returns when they are on the disk.
   *
   * @param events at most {@link Table#MOST}
   */
  void add(List<String> events) {
    int room = Math.clamp(MOST_WAITING - waiting.size(), 0, events.size());
    if (room > 0) {
      List<Action> actions =
          events.subList(0, room).stream().<Action>map(event -> Action.put(item(event))).toList();
      table.transact(actions);
      actions.forEach(action -> waiting.add(Delivery.in(action.key(), Duration.ZERO)));
    }
    if (room < events.size()) {
      List<String> surplus = events.subList(room, events.size());
      letters.add(surplus, 0, MOST_WAITING + " events are waiting for this target");
    }
  }

  private Item item(String event) {
    return Item.at(new Key(rule, Ulid.next(clock.instant())))
        .text(EVENT, event)
        .number(TRIES, 0)
        .build();
  }

  private void work() {
    try {
      while (true) {
        attempt(waiting.take());
      }
    } catch (InterruptedException e) {
      // the host ends; what is waiting is in the table
    }
  }

  private void attempt(Delivery delivery) throws InterruptedException {
    try {
      Optional<Item> item = table.get(delivery.key(), Consistency.STRONG);
      if (item.isPresent()) {
        send(item.get());
      }
    } catch (RuntimeException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the host ends");
      }
      LOG.log(System.Logger.Level.ERROR, "rule " + rule + ": trying again later", e);
      waiting.add(Delivery.in(delivery.key(), AFTER_A_FAULT));
    }
  }

  private void send(Item item) throws InterruptedException {
    String event = item.text(EVENT);
    int tries = (int) item.number(TRIES) + 1;
    try {
      sender.send(event);
      table.transact(Action.delete(item.key()));
    } catch (RefusedException e) {
      if (e.isLasting() || tries >= retries.tries()) {
        letters.add(List.of(event), tries, e.getMessage());
        table.transact(Action.delete(item.key()));
      } else {
        table.transact(Action.update(item.key()).set(TRIES, tries).when(Condition.present()));
        waiting.add(Delivery.in(item.key(), retries.pause(tries)));
      }
    }
  }

  /** Breaks off what is under way: the next host sends it again. */
  @Override
  public void close() {
    workers.shutdownNow();
    try {
      workers.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sender.close();
  }
}
