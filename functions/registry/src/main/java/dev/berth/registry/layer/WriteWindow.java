package dev.berth.registry.layer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a writer may rely on what it read. Collection waits an hour between dooming a link and
 * removing it, and counts on every writer to be done or to have read again long before that; a
 * function that was frozen between its read and its write is caught here.
 */
public final class WriteWindow {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Clock clock;
  private final Instant end;

  private WriteWindow(Clock clock) {
    this.clock = clock;
    this.end = clock.instant().plus(LONGEST);
  }

  /** Opens the window: call it before the read. */
  public static WriteWindow open(Clock clock) {
    return new WriteWindow(clock);
  }

  /** Whether the writer has to read again before it may write. */
  public boolean isOver() {
    return clock.instant().isAfter(end);
  }
}
