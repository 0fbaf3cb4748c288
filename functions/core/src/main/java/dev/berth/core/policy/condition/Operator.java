package dev.berth.core.policy.condition;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition operator, taken apart.
 *
 * @param comparison makes values of a policy comparable
 * @param negated no value of the policy may match, where otherwise one has to
 * @param ifExists holds where the request does not have the key
 */
record Operator(
    Quantifier quantifier,
    Function<Template, Comparison> comparison,
    boolean negated,
    boolean ifExists) {

  /** Which of the request's values the comparison is about. */
  enum Quantifier {
    NONE,
    ANY,
    ALL
  }

  private static final Pattern NAME =
      Pattern.compile("(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?");

  private static final Map<String, String> NEGATED =
      Map.of(
          "StringNotEquals", "StringEquals",
          "StringNotEqualsIgnoreCase", "StringEqualsIgnoreCase",
          "StringNotLike", "StringLike",
          "ArnNotEquals", "ArnEquals",
          "ArnNotLike", "ArnLike",
          "NumericNotEquals", "NumericEquals",
          "DateNotEquals", "DateEquals",
          "NotIpAddress", "IpAddress");

  /** Empty for a name that AWS has no operator of. */
  static Optional<Operator> parse(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String base = parts.group(2);
    boolean negated = NEGATED.containsKey(base);
    return Optional.ofNullable(Comparison.BY_OPERATOR.get(NEGATED.getOrDefault(base, base)))
        .map(
            comparison ->
                new Operator(
                    quantifier(parts.group(1)), comparison, negated, parts.group(3) != null));
  }

  private static Quantifier quantifier(String prefix) {
    return switch (prefix) {
      case null -> Quantifier.NONE;
      case "ForAnyValue" -> Quantifier.ANY;
      default -> Quantifier.ALL;
    };
  }

  Condition on(String key, List<Template> values) {
    return new Condition.Match(
        this,
        key,
        values.stream().map(comparison).toList(),
        values.stream().filter(value -> !value.isFixed()).toList());
  }

  boolean holdsForAbsentKey() {
    return ifExists
        || switch (quantifier) {
          case NONE -> negated;
          case ANY -> false;
          case ALL -> true;
        };
  }
}
