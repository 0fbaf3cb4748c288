package dev.berth.lambda.ecr;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.berth.lambda.ecr.EcrError.InvalidTag;
import dev.berth.lambda.ecr.EcrError.TooManyTags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** ECR's Tag: of a resource, not of an image (guide, "Tag restrictions"). */
record ResourceTag(@JsonProperty("Key") String key, @JsonProperty("Value") String value) {

  private static final int MOST = 50;
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;

  ResourceTag {
    Constraints.required("Key", key);
    Constraints.required("Value", value);
  }

  /**
   * Key to value.
   *
   * @throws InvalidTag for a key or value that is too long, reserved or given twice
   * @throws TooManyTags for more than 50
   */
  static Map<String, String> checked(List<ResourceTag> tags) {
    Map<String, String> checked = new LinkedHashMap<>();
    for (ResourceTag tag : tags) {
      tag.check();
      if (checked.put(tag.key, tag.value) != null) {
        throw new InvalidTag("The tag key '%s' is given more than once.".formatted(tag.key));
      }
    }
    if (checked.size() > MOST) {
      throw new TooManyTags();
    }
    return checked;
  }

  private void check() {
    if (key.isEmpty() || length(key) > LONGEST_KEY || length(value) > LONGEST_VALUE) {
      throw new InvalidTag(
          "An invalid parameter has been specified. Tag keys can have a maximum character length of"
              + " 128 characters, and tag values can have a maximum length of 256 characters.");
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
