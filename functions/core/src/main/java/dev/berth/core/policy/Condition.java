package dev.berth.core.policy;

import java.util.List;

/**
 * One condition of a statement, which applies only if all of them hold.
 *
 * @param key what of the request is compared: {@code aws:SourceIp}
 * @param values at least one; the condition holds if any of them does. Numbers and booleans are
 *     kept as their text
 */
public record Condition(ConditionOperator operator, String key, List<String> values) {

  public Condition {
    values = List.copyOf(values);
  }
}
