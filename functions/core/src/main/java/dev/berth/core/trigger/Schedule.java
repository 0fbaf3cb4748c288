package dev.berth.core.trigger;

import java.time.Duration;
import java.time.LocalTime;

/** When a rule fires by itself. */
public sealed interface Schedule {

  /** Again and again; the first time as soon as it is in force. */
  record Every(Duration period) implements Schedule {}

  /** Once a day, in UTC; a host that was off then makes up for the last time. */
  record Daily(LocalTime at) implements Schedule {}
}
