package dev.berth.core.throttle;

import java.time.Duration;

/**
 * How often something may happen: steadily, and at once after a rest (AWS's token buckets: API
 * Gateway Developer Guide, "Throttle requests").
 *
 * @param perSecond steadily; more than 0, 1,000,000 at most
 * @param burst at once, 1 at least
 */
public record Rate(double perSecond, int burst) {

  private static final double MOST_PER_SECOND = 1_000_000;

  public Rate {
    if (!(perSecond > 0 && perSecond <= MOST_PER_SECOND)) {
      throw new IllegalArgumentException(
          "a rate is more than 0 and at most 1,000,000 a second, not " + perSecond);
    }
    if (burst < 1) {
      throw new IllegalArgumentException("a burst is 1 at least, not " + burst);
    }
  }

  /** Between two that follow each other steadily. */
  Duration interval() {
    return Duration.ofNanos(Math.round(Duration.ofSeconds(1).toNanos() / perSecond));
  }
}
