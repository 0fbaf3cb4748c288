package dev.berth.local.bus;

import java.time.Duration;

/**
 * How often a target is tried.
 *
 * @param tries in all, at least 1
 * @param first pause, which doubles from try to try
 * @param longest pause
 */
record Retries(int tries, Duration first, Duration longest) {

  /** For about eight minutes; EventBridge tries for a day, which nobody at a laptop waits for. */
  static final Retries STANDARD = new Retries(10, Duration.ofSeconds(1), Duration.ofMinutes(5));

  /** With the same pauses. */
  Retries withTries(int other) {
    return new Retries(other, first, longest);
  }

  /**
   * @param failed how many tries have failed, at least 1
   */
  Duration pause(int failed) {
    Duration doubled = first.multipliedBy(1L << Math.min(failed - 1, 20));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
