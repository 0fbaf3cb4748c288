package dev.berth.local.host;

import dev.berth.registry.outbox.Drainer;
import java.util.BitSet;

/**
 * Publishes what a region's outbox holds: at once when something is committed, and all of it at the
 * start and now and then, for what a crash or a failure left. Who commits waits for nothing.
 */
final class Draining implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Draining.class.getName());
  private static final long PAUSE_MILLIS = 5000;
  private static final long LAST_RUN_MILLIS = 10_000;

  private final Drainer drainer;
  private final Thread thread;
  private final BitSet grown = new BitSet();
  private boolean closed;

  Draining(String region, Drainer drainer) {
    this.drainer = drainer;
    this.thread = Thread.ofPlatform().daemon().name("outbox-" + region).start(this::run);
  }

  /** That something was put into a shard. */
  synchronized void grew(int shard) {
    grown.set(shard);
    notifyAll();
  }

  private void run() {
    try {
      drain(drainer::run);
      while (!isClosed()) {
        BitSet shards = awaitWork();
        drain(shards.isEmpty() ? drainer::run : () -> shards.stream().forEach(drainer::run));
      }
    } catch (InterruptedException e) {
      // what is left is drained by the next host
    }
  }

  /** A failed run is made up for by the next one. */
  private static void drain(Runnable run) {
    try {
      run.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "events are published later", e);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** None when it is time to look at all. */
  private synchronized BitSet awaitWork() throws InterruptedException {
    if (grown.isEmpty() && !closed) {
      wait(PAUSE_MILLIS);
    }
    var work = (BitSet) grown.clone();
    grown.clear();
    return work;
  }

  /** Publishes what has been committed, unless that takes long. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join(LAST_RUN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
