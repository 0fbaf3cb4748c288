package dev.berth.registry.replication;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long an attempt may go on, and what comes of it meanwhile: the destination is to blame for
 * nothing while other attempts of this deployment are waited for.
 */
final class Budget {

  private final LongSupplier nanoTime;
  private final long begun;
  private final long nanos;
  private volatile boolean progressed;
  private volatile boolean waited;

  Budget(LongSupplier nanoTime, Duration length) {
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
    this.nanos = length.toNanos();
  }

  /** The attempt is over, for no fault of the destination's: another may go on where it ends. */
  static final class Unfinished extends RuntimeException {
    private Unfinished() {
      super("the time is over", null, false, false);
    }
  }

  void progress() {
    progressed = true;
  }

  boolean hasProgressed() {
    return progressed;
  }

  /**
   * @throws Unfinished if the time is over, and something came of it, or not all of it was given to
   *     the destination
   * @throws PeerException.Failed if nothing came of it
   */
  void check() {
    if (left() <= 0) {
      if (progressed || waited) {
        throw new Unfinished();
      }
      throw new PeerException.Failed(
          "TimeoutException", "nothing came of %d s".formatted(nanos / 1_000_000_000));
    }
  }

  /**
   * Waits for other attempts of this deployment, as long as there is time.
   *
   * @throws Unfinished if it is over
   */
  void await(Semaphore others) throws InterruptedException {
    if (!others.tryAcquire(0, TimeUnit.NANOSECONDS)) {
      waited = true;
      if (!others.tryAcquire(left(), TimeUnit.NANOSECONDS)) {
        throw new Unfinished();
      }
    }
  }

  private long left() {
    return nanos - (nanoTime.getAsLong() - begun);
  }
}
