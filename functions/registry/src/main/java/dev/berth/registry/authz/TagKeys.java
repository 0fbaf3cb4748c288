package dev.berth.registry.authz;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tags as conditions name them, whatever the case of their keys (IAM User Guide, "Controlling
 * access to AWS resources using tags"). Of keys that differ by case alone a condition means all, so
 * that none hides behind another.
 */
final class TagKeys {

  private TagKeys() {}

  /** The values of the tags of a key, in the order of their keys. */
  static List<String> values(Map<String, String> tags, String lowerCaseKey) {
    if (tags.isEmpty()) {
      return List.of();
    }
    return new TreeMap<>(tags)
        .entrySet().stream()
            .filter(tag -> tag.getKey().toLowerCase(Locale.ROOT).equals(lowerCaseKey))
            .map(Map.Entry::getValue)
            .toList();
  }
}
