package dev.berth.core.policy.condition;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * A value of a policy, ready to be compared with values of requests. What cannot be read as what is
 * compared (no number, no date ...) compares with nothing.
 */
@FunctionalInterface
interface Comparison {

  boolean matches(String actual, RequestContext context);

  Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,100}(\\.[0-9]{1,100})?");
  Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

  /** By the name of the operator that is neither negated nor quantified. */
  Map<String, Function<Template, Comparison>> BY_OPERATOR =
      Map.ofEntries(
          Map.entry("StringEquals", Comparison::text),
          Map.entry("StringEqualsIgnoreCase", Comparison::textOfAnyCase),
          Map.entry("StringLike", wanted -> wanted::matches),
          Map.entry("ArnEquals", Comparison::arn),
          Map.entry("ArnLike", Comparison::arn),
          Map.entry("NumericEquals", numbers(order -> order == 0)),
          Map.entry("NumericLessThan", numbers(order -> order < 0)),
          Map.entry("NumericLessThanEquals", numbers(order -> order <= 0)),
          Map.entry("NumericGreaterThan", numbers(order -> order > 0)),
          Map.entry("NumericGreaterThanEquals", numbers(order -> order >= 0)),
          Map.entry("DateEquals", dates(order -> order == 0)),
          Map.entry("DateLessThan", dates(order -> order < 0)),
          Map.entry("DateLessThanEquals", dates(order -> order <= 0)),
          Map.entry("DateGreaterThan", dates(order -> order > 0)),
          Map.entry("DateGreaterThanEquals", dates(order -> order >= 0)),
          Map.entry("Bool", Comparison::bool),
          Map.entry("BinaryEquals", Comparison::binary),
          Map.entry("IpAddress", Comparison::address));

  private static Comparison arn(Template wanted) {
    ArnPattern pattern = ArnPattern.of(wanted);
    return (actual, context) -> pattern.matches(actual, context);
  }

  private static Comparison text(Template wanted) {
    return (actual, context) -> wanted.text(context).filter(actual::equals).isPresent();
  }

  private static Comparison textOfAnyCase(Template wanted) {
    return (actual, context) -> wanted.text(context).filter(actual::equalsIgnoreCase).isPresent();
  }

  private static Function<Template, Comparison> numbers(IntPredicate order) {
    return wanted -> ordered(wanted, Comparison::number, order);
  }

  private static Function<Template, Comparison> dates(IntPredicate order) {
    return wanted -> ordered(wanted, Comparison::date, order);
  }

  private static <T extends Comparable<T>> Comparison ordered(
      Template wanted, Function<String, Optional<T>> reading, IntPredicate order) {
    Function<RequestContext, Optional<T>> right = read(wanted, reading);
    return (actual, context) ->
        reading
            .apply(actual)
            .flatMap(left -> right.apply(context).map(left::compareTo))
            .filter(order::test)
            .isPresent();
  }

  /** A value of a policy is read once, but for one that depends on the request. */
  private static <T> Function<RequestContext, Optional<T>> read(
      Template wanted, Function<String, Optional<T>> reading) {
    if (!wanted.isFixed()) {
      return context -> wanted.text(context).flatMap(reading);
    }
    Optional<T> value = wanted.text(RequestContext.EMPTY).flatMap(reading);
    return _ -> value;
  }

  /** What has an exponent could be of any size when it is written out, so it is no number here. */
  private static Optional<BigDecimal> number(String text) {
    return Optional.of(text)
        .filter(digits -> NUMBER.matcher(digits).matches())
        .map(BigDecimal::new);
  }

  /** ISO 8601 in W3C's profile, or seconds since 1970. */
  private static Optional<Instant> date(String text) {
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

  private static Comparison bool(Template wanted) {
    Comparison text = textOfAnyCase(wanted);
    return (actual, context) ->
        (actual.equalsIgnoreCase("true") || actual.equalsIgnoreCase("false"))
            && text.matches(actual, context);
  }

  private static Comparison binary(Template wanted) {
    Comparison text = text(wanted);
    return (actual, context) -> isBase64(actual) && text.matches(actual, context);
  }

  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Comparison address(Template wanted) {
    Function<RequestContext, Optional<AddressRange>> range = read(wanted, AddressRange::parse);
    return (actual, context) ->
        AddressRange.parse(actual)
            .flatMap(address -> range.apply(context).filter(wide -> wide.contains(address)))
            .isPresent();
  }
}
