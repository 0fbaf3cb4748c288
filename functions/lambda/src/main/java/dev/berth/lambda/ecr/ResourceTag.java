package dev.berth.lambda.ecr;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.berth.lambda.ecr.EcrError.InvalidTag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** ECR's Tag: of a resource, not of an image (guide, "Tag restrictions"). */
record ResourceTag(@JsonProperty("Key") String key, @JsonProperty("Value") String value) {

  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;
  private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{N}\\p{Z}+\\-=._:/@]*");

  ResourceTag {
    Constraints.required("Key", key);
    Constraints.required("Value", value);
  }

  /**
   * Key to value.
   *
   * @throws InvalidTag for a key or value that is too long or reserved or has a character that is
   *     not allowed, and for a key that is given twice
   */
  static Map<String, String> checked(List<ResourceTag> tags) {
    Map<String, String> checked = new LinkedHashMap<>();
    for (ResourceTag tag : tags) {
      check(tag.key, tag.value);
      if (checked.put(tag.key, tag.value) != null) {
        throw new InvalidTag("The tag key '%s' is given more than once.".formatted(tag.key));
      }
    }
    return checked;
  }

  /**
   * The keys of tags to take away.
   *
   * @throws InvalidTag for one that no tag can have, or that is reserved
   */
  static Set<String> checkedKeys(List<String> keys) {
    keys.forEach(key -> check(key, ""));
    return Set.copyOf(keys);
  }

  private static void check(String key, String value) {
    if (key.isEmpty() || length(key) > LONGEST_KEY || length(value) > LONGEST_VALUE) {
      throw new InvalidTag(
          "An invalid parameter has been specified. Tag keys can have a maximum character length of"
              + " 128 characters, and tag values can have a maximum length of 256 characters.");
    }
    if (!ALLOWED.matcher(key).matches() || !ALLOWED.matcher(value).matches()) {
      throw new InvalidTag(
          "Tag keys and values can have letters, numbers, spaces and +-=._:/@ alone: '%s' is '%s'."
              .formatted(key, value));
    }
    if (isReserved(key) || isReserved(value)) {
      throw new InvalidTag(
          "Tag keys and values that begin with 'aws:' are reserved: '%s' is '%s'."
              .formatted(key, value));
    }
  }

  /** In Unicode characters. */
  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static boolean isReserved(String text) {
    return text.regionMatches(true, 0, "aws:", 0, 4);
  }
}
