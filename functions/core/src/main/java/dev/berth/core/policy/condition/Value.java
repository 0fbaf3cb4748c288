package dev.berth.core.policy.condition;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A value that a request has of a key. What the text reads as is found at most once however many
 * conditions ask, but for threads that ask at the same moment, which find the same.
 */
final class Value {

  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,100}(\\.[0-9]{1,100})?");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

  private final String text;
  private final Reading<BigDecimal> number = new Reading<>(Value::readNumber);
  private final Reading<Instant> date = new Reading<>(Value::readDate);
  private final Reading<AddressRange> address = new Reading<>(AddressRange::parse);

  Value(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** What has an exponent could be of any size when it is written out, so it is no number here. */
  Optional<BigDecimal> number() {
    return number.of(text);
  }

  /** ISO 8601 in W3C's profile, or seconds since 1970. */
  Optional<Instant> date() {
    return date.of(text);
  }

  Optional<AddressRange> address() {
    return address.of(text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Value that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static Optional<BigDecimal> readNumber(String text) {
    return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  private static Optional<Instant> readDate(String text) {
    try {
      if (SECONDS.matcher(text).matches()) {
        return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
      }
      return Optional.of(
          text.length() == "2026-01-01".length()
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Remembers what was read. */
  private static final class Reading<T> {

    private final Function<String, Optional<T>> read;

    /** Empty until it was read once. */
    private Optional<Optional<T>> known = Optional.empty();

    Reading(Function<String, Optional<T>> read) {
      this.read = read;
    }

    Optional<T> of(String text) {
      Optional<Optional<T>> before = known;
      if (before.isPresent()) {
        return before.get();
      }
      Optional<T> found = read.apply(text);
      known = Optional.of(found);
      return found;
    }
  }
}
