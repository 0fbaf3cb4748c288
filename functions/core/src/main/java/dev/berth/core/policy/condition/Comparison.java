package dev.berth.core.policy.condition;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * A value of a policy, ready to be compared with values of requests. What cannot be read as what is
 * compared (no number, no date ...) compares with nothing.
 */
@FunctionalInterface
interface Comparison {

  boolean matches(Value actual, RequestContext context);

  /** By the name of the operator that is neither negated nor quantified. */
  Map<String, Function<Template, Comparison>> BY_OPERATOR =
      Map.ofEntries(
          Map.entry("StringEquals", Comparison::text),
          Map.entry("StringEqualsIgnoreCase", Comparison::textOfAnyCase),
          Map.entry("StringLike", Comparison::like),
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

  private static Comparison like(Template wanted) {
    return (actual, context) -> wanted.matches(actual.text(), context);
  }

  private static Comparison arn(Template wanted) {
    ArnPattern pattern = ArnPattern.of(wanted);
    return (actual, context) -> pattern.matches(actual.text(), context);
  }

  private static Comparison text(Template wanted) {
    return (actual, context) -> wanted.text(context).filter(actual.text()::equals).isPresent();
  }

  private static Comparison textOfAnyCase(Template wanted) {
    return (actual, context) ->
        wanted.text(context).filter(actual.text()::equalsIgnoreCase).isPresent();
  }

  private static Function<Template, Comparison> numbers(IntPredicate order) {
    return wanted -> ordered(wanted, Value::number, order);
  }

  private static Function<Template, Comparison> dates(IntPredicate order) {
    return wanted -> ordered(wanted, Value::date, order);
  }

  private static <T extends Comparable<T>> Comparison ordered(
      Template wanted, Function<Value, Optional<T>> reading, IntPredicate order) {
    Function<RequestContext, Optional<T>> right = read(wanted, reading);
    return (actual, context) -> {
      Optional<T> left = reading.apply(actual);
      return left.isPresent()
          && right.apply(context).filter(r -> order.test(left.get().compareTo(r))).isPresent();
    };
  }

  /** A value of a policy is read once, but for one that depends on the request. */
  private static <T> Function<RequestContext, Optional<T>> read(
      Template wanted, Function<Value, Optional<T>> reading) {
    if (!wanted.isFixed()) {
      return context -> wanted.text(context).map(Value::new).flatMap(reading);
    }
    Optional<T> value = wanted.text(RequestContext.EMPTY).map(Value::new).flatMap(reading);
    return _ -> value;
  }

  private static Comparison bool(Template wanted) {
    Comparison text = textOfAnyCase(wanted);
    return (actual, context) ->
        (actual.text().equalsIgnoreCase("true") || actual.text().equalsIgnoreCase("false"))
            && text.matches(actual, context);
  }

  private static Comparison binary(Template wanted) {
    Comparison text = text(wanted);
    return (actual, context) -> isBase64(actual.text()) && text.matches(actual, context);
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
    Function<RequestContext, Optional<AddressRange>> range = read(wanted, Value::address);
    return (actual, context) -> {
      Optional<AddressRange> address = actual.address();
      return address.isPresent()
          && range.apply(context).filter(wide -> wide.contains(address.get())).isPresent();
    };
  }
}
