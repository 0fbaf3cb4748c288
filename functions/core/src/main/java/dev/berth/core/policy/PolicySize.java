package dev.berth.core.policy;

import dev.berth.core.policy.PolicyException.TooLong;

/**
 * How many characters a policy may have by whom it is for, white space aside (IAM User Guide, "IAM
 * and AWS STS quotas").
 */
public enum PolicySize {
  /** Of all the inline policies of a user together. */
  INLINE_OF_USER(2_048),
  /** Of all the inline policies of a role together. */
  INLINE_OF_ROLE(10_240),
  MANAGED(6_144),
  /** The trust policy of a role. */
  TRUST(2_048),
  /** White space counts here (STS API, AssumeRole). */
  SESSION(2_048);

  /** Characters of any policy's text, white space included (IAM API, policyDocumentType). */
  static final int LONGEST_TEXT = 131_072;

  private final int limit;

  PolicySize(int limit) {
    this.limit = limit;
  }

  public int limit() {
    return limit;
  }

  /** The characters of a policy's text that count. */
  public int of(String text) {
    return this == SESSION
        ? text.length()
        : (int) text.chars().filter(c -> !Character.isWhitespace(c)).count();
  }

  /**
   * @throws TooLong if the text has more than the limit
   */
  void check(String text) {
    if (text.length() > LONGEST_TEXT || of(text) > limit) {
      throw new TooLong("Maximum policy size of %d bytes exceeded".formatted(limit));
    }
  }
}
