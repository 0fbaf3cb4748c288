package dev.berth.core.policy.condition;

import java.util.List;
import java.util.Optional;

/**
 * One line of a statement's condition block: an operator, a key, and values of which one has to
 * match, or none where the operator is negated. A block holds where all of its lines hold (IAM User
 * Guide, "IAM JSON policy elements: Condition operators", "Multivalued context keys").
 */
public sealed interface Condition {

  boolean holds(RequestContext context);

  /**
   * @param operator as policies write it: {@code ForAnyValue:StringNotLikeIfExists}
   * @return empty if AWS has no such operator
   */
  static Optional<Condition> of(String operator, String key, List<Template> values) {
    return operator.equals("Null")
        ? Optional.of(new Absence(RequestContext.lowerCase(key), List.copyOf(values)))
        : Operator.parse(operator).map(parsed -> parsed.on(RequestContext.lowerCase(key), values));
  }

  /**
   * {@code Null}: whether a key is not there.
   *
   * @param key in lower case
   */
  record Absence(String key, List<Template> values) implements Condition {
    @Override
    public boolean holds(RequestContext context) {
      String isAbsent = String.valueOf(context.known(key).isEmpty());
      return values.stream()
          .anyMatch(value -> value.text(context).filter(isAbsent::equalsIgnoreCase).isPresent());
    }
  }

  /**
   * Whether the values that a request has of a key match those of the policy.
   *
   * @param key in lower case
   * @param variable those of the policy's values that depend on the request
   */
  record Match(Operator operator, String key, List<Comparison> values, List<Template> variable)
      implements Condition {
    @Override
    public boolean holds(RequestContext context) {
      return context
          .known(key)
          .map(actual -> holds(actual, context))
          .orElseGet(operator::holdsForAbsentKey);
    }

    private boolean holds(List<Value> actual, RequestContext context) {
      // what it must not be is not known, so nothing can be said to differ from it
      if (operator.negated() && !Template.areKnown(variable, context)) {
        return false;
      }
      boolean every =
          switch (operator.quantifier()) {
            case ANY -> false;
            case ALL -> true;
            // without a quantifier a key has one value; of several, AWS says nothing
            case NONE -> operator.negated();
          };
      return every
          ? actual.stream().allMatch(value -> holds(value, context))
          : actual.stream().anyMatch(value -> holds(value, context));
    }

    private boolean holds(Value actual, RequestContext context) {
      for (Comparison value : values) {
        if (value.matches(actual, context)) {
          return !operator.negated();
        }
      }
      return operator.negated();
    }
  }
}
