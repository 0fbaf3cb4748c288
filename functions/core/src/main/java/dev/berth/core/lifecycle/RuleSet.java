package dev.berth.core.lifecycle;

import dev.berth.core.lifecycle.TagSelection.Any;
import dev.berth.core.lifecycle.TagSelection.Tagged;
import dev.berth.core.lifecycle.TagSelection.Untagged;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What must hold of the rules of one policy together (guide, "Lifecycle policy evaluation rules").
 */
final class RuleSet {

  private RuleSet() {}

  static void check(List<LifecycleRule> rules) {
    checkPriorities(rules);
    checkUntagged(rules);
    checkAny(rules);
    checkTags(rules);
  }

  static List<LifecycleRule> byPriority(List<LifecycleRule> rules) {
    return rules.stream().sorted(Comparator.comparingInt(LifecycleRule::priority)).toList();
  }

  private static void checkPriorities(List<LifecycleRule> rules) {
    Set<Integer> seen = new HashSet<>();
    for (LifecycleRule rule : rules) {
      if (!seen.add(rule.priority())) {
        throw new LifecyclePolicyException(
            "rulePriority must be unique, but more than one rule has " + rule.priority());
      }
    }
  }

  private static void checkUntagged(List<LifecycleRule> rules) {
    if (rules.stream().filter(rule -> rule.selection() instanceof Untagged).count() > 1) {
      throw new LifecyclePolicyException(
          "Only one rule can select Untagged images per storage class");
    }
  }

  /** No rule of any priority is left for images that all belong to another one. */
  private static void checkAny(List<LifecycleRule> rules) {
    int last = byPriority(rules).getLast().priority();
    if (rules.stream()
        .anyMatch(rule -> rule.selection() instanceof Any && rule.priority() != last)) {
      throw new LifecyclePolicyException(
          "Rule for tagStatus=ANY must have the lowest priority per storage class");
    }
  }

  /** The later of two rules with the same tags would never expire anything. */
  private static void checkTags(List<LifecycleRule> rules) {
    Set<Set<TagPattern>> seen = new HashSet<>();
    for (LifecycleRule rule : byPriority(rules)) {
      if (rule.selection() instanceof Tagged(var patterns) && !seen.add(new HashSet<>(patterns))) {
        throw new LifecyclePolicyException(
            "The set of rules must contain a unique set of tag prefixes, but the rule with"
                + " rulePriority %d has those of another one".formatted(rule.priority()));
      }
    }
  }
}
