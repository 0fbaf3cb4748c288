package dev.berth.registry.upload;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Until when a call may work.
 *
 * @param nanoTime a clock that only goes forward, as {@link System#nanoTime}
 * @param end in its nanoseconds
 */
public record Deadline(LongSupplier nanoTime, long end) {

  public static Deadline in(Duration time, LongSupplier nanoTime) {
    return new Deadline(nanoTime, nanoTime.getAsLong() + time.toNanos());
  }

  boolean isOver() {
    return nanoTime.getAsLong() - end >= 0;
  }
}
