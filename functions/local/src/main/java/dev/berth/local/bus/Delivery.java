package dev.berth.local.bus;

import dev.berth.registry.store.Key;
import java.time.Duration;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/**
 * An event that is to be sent.
 *
 * @param key of its item
 * @param due by {@link System#nanoTime}
 */
record Delivery(Key key, long due) implements Delayed {

  static Delivery in(Key key, Duration pause) {
    return new Delivery(key, System.nanoTime() + pause.toNanos());
  }

  @Override
  public long getDelay(TimeUnit unit) {
    return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int compareTo(Delayed other) {
    return Long.compare(due - ((Delivery) other).due, 0);
  }
}
