package dev.berth.core.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.lifecycle.ExpiryLimit.ImageCount;
import dev.berth.core.lifecycle.ExpiryLimit.SincePulled;
import dev.berth.core.lifecycle.ExpiryLimit.SincePushed;
import dev.berth.core.lifecycle.TagSelection.Any;
import dev.berth.core.lifecycle.TagSelection.Tagged;
import dev.berth.core.lifecycle.TagSelection.Untagged;
import dev.berth.core.text.Excerpt;
import java.util.List;
import java.util.Set;

/** Reads the rules of a policy, each on its own (guide, "Lifecycle policy parameters"). */
final class RuleReader {

  private static final String PREFIXES = "tagPrefixList";
  private static final String PATTERNS = "tagPatternList";
  private static final String UNIT = "countUnit";

  /** Captured from ECR: what it says of a count type with a unit that does not go with it. */
  private static final String NO_SCHEMA =
      "instance failed to match exactly one schema (matched 0 out of 2)";

  private RuleReader() {}

  static List<LifecycleRule> rules(ObjectNode policy) {
    return new PolicyMembers("", policy)
        .only(Set.of("rules"), Set.of()).objects("rules", LifecyclePolicy.MOST_RULES).stream()
            .map(RuleReader::rule)
            .toList();
  }

  private static LifecycleRule rule(PolicyMembers rule) {
    rule.only(Set.of("rulePriority", "selection", "action"), Set.of("description"));
    int priority = rule.positiveInteger("rulePriority");
    PolicyMembers selection =
        rule.object("selection")
            .only(
                Set.of("tagStatus", "countType", "countNumber"), Set.of(PREFIXES, PATTERNS, UNIT));
    rule.object("action").only(Set.of("type"), Set.of()).oneOf("type", List.of("expire"));
    return new LifecycleRule(
        priority, rule.optionalString("description"), tags(selection), limit(selection));
  }

  private static TagSelection tags(PolicyMembers selection) {
    String status = selection.oneOf("tagStatus", List.of("any", "tagged", "untagged"));
    boolean prefixes = selection.has(PREFIXES);
    boolean patterns = selection.has(PATTERNS);
    if (status.equals("tagged")) {
      return tagged(selection, prefixes, patterns);
    }
    if (prefixes || patterns) {
      throw PolicyMembers.refusal(
          selection.place(),
          "Must not specify tagPrefixList or tagPatternList when tagStatus is not TAGGED.");
    }
    return status.equals("any") ? new Any() : new Untagged();
  }

  private static Tagged tagged(PolicyMembers selection, boolean prefixes, boolean patterns) {
    if (!prefixes && !patterns) {
      throw new LifecyclePolicyException(
          "Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.");
    }
    if (prefixes && patterns) {
      throw PolicyMembers.refusal(
          selection.place(), "Must specify either tagPrefixList or tagPatternList, not both.");
    }
    return new Tagged(
        prefixes
            ? selection.strings(PREFIXES).stream().map(TagPattern::prefix).toList()
            : selection.strings(PATTERNS).stream().map(text -> pattern(selection, text)).toList());
  }

  private static TagPattern pattern(PolicyMembers selection, String text) {
    if (text.chars().filter(c -> c == '*').count() > TagPattern.MOST_WILDCARDS) {
      throw PolicyMembers.refusal(
          selection.at(PATTERNS),
          "the pattern \"%s\" has more than %d wildcards (*)"
              .formatted(Excerpt.of(text), TagPattern.MOST_WILDCARDS));
    }
    return TagPattern.wildcards(text);
  }

  private static ExpiryLimit limit(PolicyMembers selection) {
    String type = selection.optionalString("countType").orElseThrow();
    if (selection.has(UNIT)) {
      selection.oneOf(UNIT, List.of("days"));
    }
    if (selection.has(UNIT) == type.equals("imageCountMoreThan")) {
      throw new LifecyclePolicyException(NO_SCHEMA);
    }
    int number = selection.positiveInteger("countNumber");
    return switch (type) {
      case "imageCountMoreThan" -> new ImageCount(number);
      case "sinceImagePushed" -> new SincePushed(number);
      case "sinceImagePulled" -> new SincePulled(number);
      default -> throw new LifecyclePolicyException(NO_SCHEMA);
    };
  }
}
