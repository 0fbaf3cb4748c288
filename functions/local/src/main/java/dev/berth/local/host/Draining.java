package dev.berth.local.host;

import dev.berth.registry.outbox.Drainer;
import java.util.BitSet;
import java.util.Optional;

/**
 * Publishes what a region's outbox holds: at once when something is committed, and all of it at the
 * start and now and then, for what a crash or a failure left. Who commits waits for nothing.
 */
final class Draining implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Draining.class.getName());
  private static final long PAUSE_MILLIS = 5000;
  private static final long LAST_RUN_MILLIS = 10_000;

  private final Drainer drainer;
  private final News grown;
  private final Thread thread;

  /**
   * @param grown shards into which something was put
   */
  Draining(String region, Drainer drainer, News grown) {
    this.drainer = drainer;
    this.grown = grown;
    this.thread = Thread.ofPlatform().daemon().name("outbox-" + region).unstarted(this::run);
  }

  /** To be called once. */
  void start() {
    thread.start();
  }

  private void run() {
    try {
      drain(drainer::run);
      Optional<BitSet> shards = grown.await(PAUSE_MILLIS);
      while (shards.isPresent()) {
        drain(shards.get());
        shards = grown.await(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      // what is left is drained by the next host
    }
  }

  private void drain(BitSet shards) {
    drain(shards.isEmpty() ? drainer::run : () -> shards.stream().forEach(drainer::run));
  }

  /** A failed run is made up for by the next one. */
  private static void drain(Runnable run) {
    try {
      run.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "events are published later", e);
    }
  }

  /** Publishes what has been committed, unless that takes long. */
  @Override
  public void close() {
    grown.close();
    try {
      thread.join(LAST_RUN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
