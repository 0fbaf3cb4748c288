package dev.berth.core.policy;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a condition compares (IAM User Guide, "IAM JSON policy elements: Condition operators"),
 * written {@code ForAnyValue:StringLikeIfExists}.
 *
 * @param ifExists whether it also holds where the request does not have the key
 */
public record ConditionOperator(Quantifier quantifier, Comparison comparison, boolean ifExists) {

  private static final String IF_EXISTS = "IfExists";

  /** Of a key that has several values in the request, which of them must compare. */
  public enum Quantifier {
    /** The key has one value. */
    NONE(""),
    FOR_ANY_VALUE("ForAnyValue:"),
    FOR_ALL_VALUES("ForAllValues:");

    private final String prefix;

    Quantifier(String prefix) {
      this.prefix = prefix;
    }
  }

  /** Named as policies write them. */
  public enum Comparison {
    StringEquals,
    StringNotEquals,
    StringEqualsIgnoreCase,
    StringNotEqualsIgnoreCase,
    StringLike,
    StringNotLike,
    NumericEquals,
    NumericNotEquals,
    NumericLessThan,
    NumericLessThanEquals,
    NumericGreaterThan,
    NumericGreaterThanEquals,
    DateEquals,
    DateNotEquals,
    DateLessThan,
    DateLessThanEquals,
    DateGreaterThan,
    DateGreaterThanEquals,
    Bool,
    BinaryEquals,
    IpAddress,
    NotIpAddress,
    ArnEquals,
    ArnNotEquals,
    ArnLike,
    ArnNotLike,
    /** Whether the request has the key at all, so it has no form that ends in IfExists. */
    Null
  }

  static Optional<ConditionOperator> parse(String text) {
    Quantifier quantifier =
        text.startsWith(Quantifier.FOR_ANY_VALUE.prefix)
            ? Quantifier.FOR_ANY_VALUE
            : text.startsWith(Quantifier.FOR_ALL_VALUES.prefix)
                ? Quantifier.FOR_ALL_VALUES
                : Quantifier.NONE;
    String rest = text.substring(quantifier.prefix.length());
    boolean ifExists = rest.endsWith(IF_EXISTS);
    String name = ifExists ? rest.substring(0, rest.length() - IF_EXISTS.length()) : rest;
    return Arrays.stream(Comparison.values())
        .filter(comparison -> comparison.name().equals(name))
        .filter(comparison -> comparison != Comparison.Null || !ifExists)
        .findFirst()
        .map(comparison -> new ConditionOperator(quantifier, comparison, ifExists));
  }
}
