package dev.berth.local.host;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What time it is for what a registry keeps. */
final class RegistryClock {

  private RegistryClock() {}

  /**
   * @param start what time it is now; the wall's where it is absent
   */
  static Clock startingAt(Optional<Instant> start, Clock wall) {
    return start
        .map(time -> Clock.offset(wall, Duration.between(wall.instant(), time)))
        .orElse(wall);
  }
}
