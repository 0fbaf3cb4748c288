package dev.berth.local.host;

import dev.berth.local.bus.OwnFunction.FailedException;

/**
 * Sweeps a region as soon as there is work to do, which the schedule would do within a minute: the
 * events of images that go with their repository wait for it. Who leaves the work waits for
 * nothing.
 */
final class Sweeping implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Sweeping.class.getName());
  private static final long LAST_RUN_MILLIS = 10_000;

  private final ScheduledFunction sweep;
  private final News work;
  private final Thread thread;

  /**
   * @param sweep what the schedule starts
   * @param work what there is to do is told to
   */
  Sweeping(ScheduledFunction sweep, News work) {
    this.sweep = sweep;
    this.work = work;
    this.thread =
        Thread.ofPlatform().daemon().name("sweeper-" + sweep.region()).unstarted(this::run);
  }

  /** To be called once. */
  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (work.await(0).isPresent()) {
        sweep();
      }
    } catch (InterruptedException e) {
      // what is left half done is done again
    }
  }

  /** The schedule makes up for a failure. */
  private void sweep() {
    try {
      sweep.fire();
    } catch (FailedException e) {
      LOG.log(System.Logger.Level.ERROR, sweep + " is made up for", e);
    }
  }

  /** Does what is to be done by now, unless that takes long. */
  @Override
  public void close() {
    work.close();
    try {
      thread.join(LAST_RUN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
