package dev.berth.registry.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.gc.Collected;
import dev.berth.registry.gc.GarbageCollection;
import dev.berth.registry.gc.GcPeriods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Collection while clients push, mount, look, pull and delete, over the stores under test. It takes
 * some seconds, or as many as the system property {@value #SECONDS} says. Days pass in a second, by
 * a clock that jumps while calls are under way.
 */
public abstract class CollectionRaces extends CollectionFixture {

  private static final System.Logger LOG = System.getLogger(CollectionRaces.class.getName());
  private static final String SECONDS = "berth.races.seconds";
  private static final int CLIENTS = 4;
  private static final int COLLECTORS = 2;

  /** So that a writer that has to read again is not outrun for ever. */
  private static final int CALLS_BETWEEN_JUMPS = 1;

  private final Semaphore calls = new Semaphore(0);

  /** Of the collectors, so that they leave the stores to the clients for some time. */
  private final Semaphore turns = new Semaphore(0);

  private volatile boolean over;

  @Test
  void nothingIsLostAndNothingIsLeft() throws Exception {
    var clients = new ArrayList<CollectionClient>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new CollectionClient(this, new Random(i), i));
    }
    Collected collected = race(clients);
    LOG.log(System.Logger.Level.INFO, "{0} in {1}: {2}", counts, age(), collected);

    assertEveryImageIsWhole();
    assertThat(digests(FIRST)).containsAll(kept);
    passQuietly();
    assertEveryImageIsWhole();
    assertNothingButImagesIsThere();
    deleteAll();
    passQuietly();
    assertNothingIsThere();
    assertThat(collected.links()).isPositive();
    assertThat(collected.blobs()).isPositive();
    assertThat(collected.objects()).isPositive();
  }

  private Collected race(List<CollectionClient> clients) throws Exception {
    List<Future<Collected>> collectors = new ArrayList<>();
    List<Future<?>> others = new ArrayList<>();
    try (var threads = Executors.newCachedThreadPool()) {
      for (CollectionClient client : clients) {
        others.add(threads.submit(() -> repeat(client::once)));
      }
      for (int i = 0; i < COLLECTORS; i++) {
        collectors.add(threads.submit(this::collectRepeatedly));
      }
      Future<?> jumps = threads.submit(this::jumpRepeatedly);
      // the first that fails ends the race; with none it ends in time
      jumps.get(1, TimeUnit.HOURS);
      end();
    }
    for (Future<?> other : others) {
      other.get();
    }
    Collected all = Collected.NOTHING;
    for (Future<Collected> collector : collectors) {
      all = all.plus(collector.get());
    }
    return all;
  }

  private Void repeat(Callable<?> step) throws Exception {
    try {
      while (!over) {
        step.call();
        calls.release();
      }
      return null;
    } finally {
      end();
    }
  }

  /** Of all, as soon as one ends. */
  private void end() {
    over = true;
    calls.release(CALLS_BETWEEN_JUMPS);
    turns.release(COLLECTORS);
  }

  private Collected collectRepeatedly() throws Exception {
    Collected all = Collected.NOTHING;
    var collection = new GarbageCollection(table(), objects, GcPeriods.standard(), zoned());
    try {
      for (turns.acquire(); !over; turns.acquire()) {
        clock.call(
            () -> {
              services.sweeper().run();
              return true;
            });
        all = all.plus(clock.call(collection::run));
        counts.increment("collections");
      }
      return all;
    } finally {
      end();
    }
  }

  private Void jumpRepeatedly() throws InterruptedException {
    var random = new Random(17);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Integer.getInteger(SECONDS, 4));
    while (!over && System.nanoTime() < end) {
      calls.acquire(CALLS_BETWEEN_JUMPS);
      clock.jump(Duration.ofMinutes(random.nextInt(4) == 0 ? 8 * 60 : random.nextInt(1, 45)));
      counts.increment("jumps");
      turns.release();
    }
    return null;
  }
}
