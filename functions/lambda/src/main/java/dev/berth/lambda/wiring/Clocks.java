package dev.berth.lambda.wiring;

import java.time.Clock;

/**
 * What time it is.
 *
 * @param wall for signatures, tokens and records of calls, whose other side has a clock of its own
 * @param registry for what a registry keeps: when images were pushed, and whether they expire
 */
public record Clocks(Clock wall, Clock registry) {

  /** One for both. */
  public static Clocks of(Clock clock) {
    return new Clocks(clock, clock);
  }
}
