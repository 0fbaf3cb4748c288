package dev.berth.core.lifecycle;

import java.util.List;

/**
 * A lifecycle policy that is valid (guide, "Lifecycle policies").
 *
 * @param text as its author sent it: {@value #SHORTEST} to {@value #LONGEST} characters
 * @param rules 1 to {@value #MOST_RULES}, in the order of their priorities
 */
public record LifecyclePolicy(String text, List<LifecycleRule> rules) {

  /** Characters of a text, by ECR's model. */
  public static final int SHORTEST = 100;

  /** Characters of a text, by ECR's model. */
  public static final int LONGEST = 30_720;

  /** By the guide, "Service quotas". */
  public static final int MOST_RULES = 50;

  public LifecyclePolicy {
    rules = List.copyOf(rules);
  }

  /**
   * @throws LifecyclePolicyException if the text is not a valid policy
   */
  public static LifecyclePolicy parse(String text) {
    int length = text.codePointCount(0, text.length());
    if (length < SHORTEST || length > LONGEST) {
      throw new LifecyclePolicyException(
          "the text must have %d to %d characters, but has %d"
              .formatted(SHORTEST, LONGEST, length));
    }
    List<LifecycleRule> rules = RuleReader.rules(PolicyJson.read(text));
    RuleSet.check(rules);
    return new LifecyclePolicy(text, RuleSet.byPriority(rules));
  }
}
