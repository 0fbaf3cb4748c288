package dev.berth.registry.replication;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long an attempt may go on, and whether it comes forward meanwhile. */
final class Budget {

  private final LongSupplier nanoTime;
  private final long begun;
  private final long nanos;
  private volatile boolean progressed;

  Budget(LongSupplier nanoTime, Duration length) {
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
    this.nanos = length.toNanos();
  }

  /** The attempt is over and came forward: another may go on where it ends. */
  static final class Unfinished extends RuntimeException {
    private Unfinished() {
      super("the time is over", null, false, false);
    }
  }

  void progress() {
    progressed = true;
  }

  /**
   * @throws Unfinished if the time is over, and something came of it
   * @throws PeerException.Failed if nothing did
   */
  void check() {
    if (nanoTime.getAsLong() - begun >= nanos) {
      if (progressed) {
        throw new Unfinished();
      }
      throw new PeerException.Failed(
          "TimeoutException", "nothing came of %d s".formatted(nanos / 1_000_000_000));
    }
  }
}
