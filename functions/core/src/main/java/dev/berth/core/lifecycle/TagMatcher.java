package dev.berth.core.lifecycle;

import dev.berth.core.lifecycle.TagSelection.Any;
import dev.berth.core.lifecycle.TagSelection.Tagged;
import dev.berth.core.lifecycle.TagSelection.Untagged;
import java.util.List;

/**
 * Tells whether selections hold of images, with a bound on the work of one evaluation: a policy has
 * room for thousands of patterns, and a repository for millions of tags.
 */
final class TagMatcher {

  private final long most;
  private long comparisons;

  /**
   * @param most comparisons of a tag with a pattern
   */
  TagMatcher(long most) {
    this.most = most;
  }

  /**
   * @throws EvaluationTooLargeException if this and what was asked before is too much
   */
  boolean selects(TagSelection selection, LifecycleImage image) {
    return switch (selection) {
      case Any _ -> true;
      case Untagged _ -> image.tags().isEmpty();
      case Tagged(List<TagPattern> patterns) ->
          patterns.stream().allMatch(pattern -> matchesAny(pattern, image.tags()));
    };
  }

  private boolean matchesAny(TagPattern pattern, List<String> tags) {
    for (String tag : tags) {
      if (++comparisons > most) {
        throw new EvaluationTooLargeException(most);
      }
      if (pattern.matches(tag)) {
        return true;
      }
    }
    return false;
  }
}
