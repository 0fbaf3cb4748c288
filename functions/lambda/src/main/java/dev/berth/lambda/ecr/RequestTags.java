package dev.berth.lambda.ecr;

import dev.berth.core.policy.condition.RequestContext;
import java.util.List;
import java.util.Locale;

/**
 * The condition keys that tell of the tags that a request would add or take away (guide, "Using
 * Tag-Based Access Control"; IAM User Guide, "Controlling access during AWS requests"), whatever
 * the case of their keys.
 *
 * @param tags to be added
 * @param keys of all tags that it is about
 */
record RequestTags(List<ResourceTag> tags, List<String> keys) implements RequestContext.Source {

  static final RequestTags NONE = new RequestTags(List.of(), List.of());

  private static final String TAG = "aws:requesttag/";
  private static final String KEYS = "aws:tagkeys";

  static RequestTags added(List<ResourceTag> tags) {
    return new RequestTags(tags, tags.stream().map(ResourceTag::key).toList());
  }

  static RequestTags removed(List<String> keys) {
    return new RequestTags(List.of(), keys);
  }

  @Override
  public List<String> values(String key) {
    if (key.equals(KEYS)) {
      return keys;
    }
    return key.startsWith(TAG) ? valuesOf(key.substring(TAG.length())) : List.of();
  }

  private List<String> valuesOf(String lowerCaseKey) {
    return tags.stream()
        .filter(tag -> tag.key().toLowerCase(Locale.ROOT).equals(lowerCaseKey))
        .map(ResourceTag::value)
        .toList();
  }
}
