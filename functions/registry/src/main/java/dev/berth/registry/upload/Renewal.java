package dev.berth.registry.upload;

import dev.berth.registry.store.Table;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps others away from an arrival while a call works on it, however long it verifies or copies:
 * what takes longer than a hold is not begun a second time beside itself.
 */
final class Renewal implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Renewal.class.getName());

  /** So that one that fails may be made up for by the next one. */
  static final Duration PAUSE = Arrival.LONGEST_HOLD.dividedBy(3);

  /** Longer than a function lives: what takes longer hangs, and others may try. */
  private static final Duration LONGEST = Duration.ofMinutes(20);

  private final Table table;
  private final Clock clock;
  private final Arrival held;
  private final Rhythm rhythm;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread;

  /** How time passes between two renewals. */
  interface Rhythm {

    Rhythm OF_TIME = (over, pause) -> over.await(pause.toMillis(), TimeUnit.MILLISECONDS);

    /**
     * @return whether it was over before the pause was
     */
    boolean isOver(CountDownLatch over, Duration pause) throws InterruptedException;
  }

  private Renewal(Table table, Clock clock, Arrival held, Rhythm rhythm) {
    this.table = table;
    this.clock = clock;
    this.held = held;
    this.rhythm = rhythm;
    this.thread = Thread.ofVirtual().name("arrival-" + held.uploadId()).start(this::run);
  }

  static Renewal begin(Table table, Clock clock, Arrival held, Rhythm rhythm) {
    return new Renewal(table, clock, held, rhythm);
  }

  private void run() {
    try {
      long renewals = LONGEST.dividedBy(PAUSE);
      while (!rhythm.isOver(over, PAUSE) && renewals-- > 0 && isStillHeld()) {
        // held for longer now
      }
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isStillHeld() {
    try {
      return table.transact(held.renewed(clock.instant())).committed();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a layer that arrives is held again later: " + held.key(), e);
      return true;
    }
  }

  /** Returns when nothing is written any more, so that the hold can be given up. */
  @Override
  public void close() {
    over.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
