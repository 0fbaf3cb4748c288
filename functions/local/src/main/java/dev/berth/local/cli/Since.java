package dev.berth.local.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as they are given to a command: an instant, a date in UTC, or how long ago. */
final class Since {

  private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhd])");

  private Since() {}

  /** Empty for anything else. */
  static Optional<Instant> parse(String text, Clock clock) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      return Optional.of(clock.instant().minus(duration(ago)));
    }
    try {
      return Optional.of(
          text.indexOf('T') >= 0
              ? Instant.parse(text)
              : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeException neither) {
      return Optional.empty();
    }
  }

  private static Duration duration(Matcher ago) {
    long count = Long.parseLong(ago.group(1));
    return switch (ago.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
