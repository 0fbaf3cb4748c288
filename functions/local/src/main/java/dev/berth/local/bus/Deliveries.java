package dev.berth.local.bus;

import dev.berth.local.bus.Sender.RefusedException;
import dev.berth.registry.store.Action;
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
 * or a dead letter is written, so that no crash loses one; in memory there are their keys alone. An
 * event may be sent twice, and a later one before an earlier one. However slow a target is, it
 * holds up nobody but itself.
 */
final class Deliveries implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());

  private static final Duration AFTER_A_FAULT = Duration.ofSeconds(5);
  private static final int ROWS_PER_CALL = 1000;

  private final String rule;
  private final Handling handling;
  private final DeadLetters letters;
  private final Table table;
  private final Removals removals;
  private final Clock clock;
  private final DelayQueue<Delivery> waiting = new DelayQueue<>();
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("delivery-", 0).factory());
  private volatile boolean closing;

  /**
   * How a rule's events are delivered.
   *
   * @param mostWaiting for the target; what comes beyond is a dead letter at once
   */
  record Handling(Sender sender, Retries retries, int mostWaiting) {}

  /** Sends nothing before {@link #start}. */
  Deliveries(Handling handling, DeadLetters letters, Table table, Removals removals, Clock clock) {
    this.rule = letters.rule();
    this.handling = handling;
    this.letters = letters;
    this.table = table;
    this.removals = removals;
    this.clock = clock;
    readWaiting();
  }

  private void readWaiting() {
    Optional<String> position = Optional.empty();
    do {
      Page<Item> page = table.query(rule, "", position, ROWS_PER_CALL, Consistency.STRONG);
      page.entries().forEach(item -> begin(item.key()));
      position = page.next();
    } while (position.isPresent());
  }

  /** Begins with what a former host left. */
  void start() {
    for (int i = 0; i < handling.sender().parallelism(); i++) {
      workers.execute(this::work);
    }
  }

  /** How many of so many events more may wait. */
  int room(int events) {
    return Math.clamp(handling.mostWaiting() - waiting.size(), 0, events);
  }

  /** The items to be written for events, and then to be given to {@link #begin}. */
  List<Item> items(List<String> events) {
    return events.stream().map(event -> QueuedEvent.of(rule, event, clock.instant())).toList();
  }

  /** Makes dead letters of events that there is no {@link #room} for. */
  void refuse(List<String> events) {
    String reason = handling.mostWaiting() + " events are waiting for this target";
    letters.add(events, 0, RefusedException.forNow(reason));
  }

  /** Delivers an event that is in the table. */
  void begin(Key key) {
    waiting.add(Delivery.in(key, Duration.ZERO));
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
      if (closing) {
        throw new InterruptedException("the host ends");
      }
      LOG.log(System.Logger.Level.ERROR, "rule " + rule + ": trying again later", e);
      waiting.add(Delivery.in(delivery.key(), AFTER_A_FAULT));
    }
  }

  private void send(Item item) throws InterruptedException {
    try {
      handling.sender().send(QueuedEvent.event(item));
      removals.add(item.key());
    } catch (RefusedException e) {
      if (closing) {
        throw new InterruptedException("the host ends, which may be why");
      }
      refused(item, QueuedEvent.tries(item) + 1, e);
    }
  }

  private void refused(Item item, int tries, RefusedException e) {
    LOG.log(System.Logger.Level.DEBUG, "rule " + rule + ": try " + tries, e);
    if (e.isLasting() || tries >= handling.retries().tries()) {
      letters.add(List.of(QueuedEvent.event(item)), tries, e);
      table.transact(Action.delete(item.key()));
    } else {
      table.transact(QueuedEvent.tried(item, tries));
      waiting.add(Delivery.in(item.key(), handling.retries().pause(tries)));
    }
  }

  /** Breaks off what is under way: the next host sends it again. */
  void stop() {
    closing = true;
    workers.shutdownNow();
  }

  /** Waits a little for what is broken off. */
  void awaitEnd() {
    try {
      workers.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
    awaitEnd();
    handling.sender().close();
  }
}
