package dev.berth.lambda;

import dev.berth.core.throttle.Rate;
import dev.berth.core.throttle.RateLimits;
import dev.berth.core.throttle.Throttle;
import java.util.Map;

/** Throttles of tests that are about something else. */
public final class Throttles {

  private Throttles() {}

  /** One that nothing here reaches. */
  public static Throttle none() {
    return of(new Rate(1_000_000, 1_000_000));
  }

  /** One rate for each action. */
  public static Throttle of(Rate rate) {
    return new Throttle(RateLimits.defaults().with(Map.of("*", rate)), System::nanoTime);
  }
}
