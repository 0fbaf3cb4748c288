package dev.berth.registry.race;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * A clock that jumps while calls are under way, by as much as they are made for and no more: nobody
 * is stopped for longer than {@link #LONGEST_STOP} between a look at the clock and what follows
 * from it, and no client takes longer than {@link #LONGEST_PUSH} from the first layer to the
 * manifest.
 */
final class PacedClock implements InstantSource {

  /** Below the hour between the announcement of a removal and the removal. */
  static final Duration LONGEST_STOP = Duration.ofMinutes(50);

  /** Below the half day for which a layer that somebody was told of is there at least. */
  static final Duration LONGEST_PUSH = Duration.ofHours(10);

  private Instant now;
  private boolean jumping;
  private final Map<Thread, Instant> looks = new HashMap<>();
  private final Map<Thread, Instant> pushes = new HashMap<>();

  PacedClock(Instant now) {
    this.now = now;
  }

  @Override
  public synchronized Instant instant() {
    looks.computeIfPresent(Thread.currentThread(), (thread, before) -> now);
    notifyAll();
    return now;
  }

  /** The time, to whom does not act on it. */
  synchronized Instant peek() {
    return now;
  }

  /** Makes a call. */
  <T> T call(Callable<T> call) throws Exception {
    letPass();
    return registered(looks, call);
  }

  /** Makes several calls, which are a push. */
  <T> T push(Callable<T> calls) throws Exception {
    return registered(pushes, calls);
  }

  private <T> T registered(Map<Thread, Instant> under, Callable<T> work) throws Exception {
    synchronized (this) {
      under.put(Thread.currentThread(), now);
    }
    try {
      return work.call();
    } finally {
      synchronized (this) {
        under.remove(Thread.currentThread());
        notifyAll();
      }
    }
  }

  /** Nobody begins before a long jump, which would be waited for for ever, but to end a push. */
  private synchronized void letPass() throws InterruptedException {
    while (jumping && !pushes.containsKey(Thread.currentThread())) {
      wait();
    }
  }

  /** Waits until nobody minds. */
  synchronized void jump(Duration by) throws InterruptedException {
    Instant then = now.plus(by);
    jumping = by.compareTo(LONGEST_STOP) > 0;
    while (looks.values().stream().anyMatch(at -> at.plus(LONGEST_STOP).isBefore(then))
        || pushes.values().stream().anyMatch(at -> at.plus(LONGEST_PUSH).isBefore(then))) {
      wait();
    }
    now = then;
    jumping = false;
    notifyAll();
  }
}
