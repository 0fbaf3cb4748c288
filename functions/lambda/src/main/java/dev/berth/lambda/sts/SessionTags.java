package dev.berth.lambda.sts;

import dev.berth.core.policy.condition.RequestContext;
import dev.berth.lambda.query.QueryError;
import dev.berth.lambda.query.QueryRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The tags of a session (IAM User Guide, "Pass session tags in AWS STS"): at most 50, whose keys
 * differ by more than case.
 */
record SessionTags(SortedMap<String, String> tags) implements RequestContext.Source {

  private static final int MOST = 50;
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;
  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");
  private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private static final String REQUEST_TAG = "aws:requesttag/";
  private static final String RESERVED = "aws:";

  /**
   * @throws QueryError if they are not as the model has them
   */
  static SessionTags of(QueryRequest request) {
    SortedMap<String, String> tags = new TreeMap<>(Comparator.comparing(SessionTags::lowerCase));
    for (QueryRequest tag : request.members("Tags", MOST)) {
      String key = tag.text("Key", 1, LONGEST_KEY, KEY);
      if (lowerCase(key).startsWith(RESERVED)) {
        throw StsErrors.validation("Tag keys that begin with aws: are reserved.");
      }
      if (tags.put(key, tag.text("Value", 0, LONGEST_VALUE, VALUE)) != null) {
        throw StsErrors.validation(
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
    }
    return new SessionTags(tags);
  }

  private static String lowerCase(String key) {
    return key.toLowerCase(Locale.ROOT);
  }

  boolean areNone() {
    return tags.isEmpty();
  }

  @Override
  public List<String> values(String key) {
    if (key.equals("aws:tagkeys")) {
      return List.copyOf(tags.keySet());
    }
    return key.startsWith(REQUEST_TAG) ? value(key.substring(REQUEST_TAG.length())) : List.of();
  }

  private List<String> value(String key) {
    String value = tags.get(key);
    return value == null ? List.of() : List.of(value);
  }

  Map<String, String> toMap() {
    return Map.copyOf(tags);
  }
}
