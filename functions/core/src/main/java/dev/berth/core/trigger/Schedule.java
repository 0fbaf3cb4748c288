package dev.berth.core.trigger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** When a rule fires by itself. */
public sealed interface Schedule {

  /** Again and again; the first time as soon as it is in force. */
  record Every(Duration period) implements Schedule {}

  /** Once a day, in UTC; a host that was off then makes up for the last time. */
  record Daily(LocalTime at) implements Schedule {

    /** The last time that it was to fire: now, or up to a day before. */
    public Instant last(Instant now) {
      Instant today = now.atZone(ZoneOffset.UTC).toLocalDate().atTime(at).toInstant(ZoneOffset.UTC);
      return today.isAfter(now) ? today.minus(Duration.ofDays(1)) : today;
    }
  }
}
