package dev.berth.core.scan.feed;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The times that feeds write, in UTC unless they say otherwise. */
public final class FeedTime {

  private FeedTime() {}

  /**
   * Reads {@code 2023-12-14T09:39:30Z}, {@code 2023-10-18T18:04:18.493} or {@code 2018-02-08
   * 21:46}.
   */
  public static Optional<Instant> parse(String text) {
    try {
      return Optional.of(
          text.endsWith("Z")
              ? Instant.parse(text)
              : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
