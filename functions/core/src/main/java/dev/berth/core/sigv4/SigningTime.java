package dev.berth.core.sigv4;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** When a request says it was signed, to the second. */
record SigningTime(Instant instant) {

  /** How far a client's clock may be off, either way. */
  static final Duration SKEW = Duration.ofMinutes(5);

  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC)
          .withResolverStyle(ResolverStyle.STRICT);

  static boolean isIn(SignedRequest request) {
    return !request.all("x-amz-date").isEmpty() || !request.all("date").isEmpty();
  }

  /** Of {@code X-Amz-Date}, else of {@code Date}, which may also be in HTTP's own format. */
  static SigningTime of(SignedRequest request) throws Refusal {
    boolean amzDate = !request.all("x-amz-date").isEmpty();
    String name = amzDate ? "x-amz-date" : "date";
    List<String> values = request.all(name);
    if (values.size() != 1) {
      throw Refusal.incomplete("The header '%s' must be sent once.".formatted(name));
    }
    String text = values.getFirst().strip();
    try {
      DateTimeFormatter format =
          amzDate || text.endsWith("Z") ? BASIC : DateTimeFormatter.RFC_1123_DATE_TIME;
      return new SigningTime(format.parse(text, Instant::from));
    } catch (DateTimeParseException e) {
      throw Refusal.incomplete(
          "Date must be in ISO-8601 'basic format'. Got '%s'. See http://en.wikipedia.org/wiki/ISO_8601"
              .formatted(text));
    }
  }

  void check(Clock clock) throws Refusal {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    if (instant.isBefore(now.minus(SKEW))) {
      throw Refusal.invalid(
          "Signature expired: %s is now earlier than %s (%s - 5 min.)"
              .formatted(this, BASIC.format(now.minus(SKEW)), BASIC.format(now)));
    }
    if (instant.isAfter(now.plus(SKEW))) {
      throw Refusal.invalid(
          "Signature not yet current: %s is still later than %s (%s + 5 min.)"
              .formatted(this, BASIC.format(now.plus(SKEW)), BASIC.format(now)));
    }
  }

  /** {@code yyyyMMdd}. */
  String date() {
    return toString().substring(0, 8);
  }

  /** {@code yyyyMMdd'T'HHmmss'Z'}. */
  @Override
  public String toString() {
    return BASIC.format(instant);
  }
}
