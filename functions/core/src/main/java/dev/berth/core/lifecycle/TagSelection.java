package dev.berth.core.lifecycle;

import java.util.List;

/** Which images a rule is about, by their tags (guide, "Tag status"). */
public sealed interface TagSelection {

  /** Every image. */
  record Any() implements TagSelection {}

  /** Images without tags. */
  record Untagged() implements TagSelection {}

  /**
   * Images of which each pattern matches a tag, not necessarily the same one.
   *
   * @param patterns at least one
   */
  record Tagged(List<TagPattern> patterns) implements TagSelection {
    public Tagged {
      patterns = patterns.stream().distinct().toList();
    }
  }
}
