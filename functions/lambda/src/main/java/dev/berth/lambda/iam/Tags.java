package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.IdentityException.LimitExceeded;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The tags of users, roles and policies. Their keys are told apart whatever the case of the
 * letters, which are kept as they were given last (IAM User Guide, "Tags for AWS Identity and
 * Access Management resources").
 */
final class Tags {

  /** That one user, role or policy may have. */
  private static final int MOST = 50;

  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;
  private static final String RESERVED = "aws:";
  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");
  private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private Tags() {}

  /** Those that a request would add. */
  static SortedMap<String, String> of(QueryRequest request) {
    SortedMap<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (QueryRequest tag : request.members("Tags", MOST)) {
      String key = tag.text("Key", 1, LONGEST_KEY, KEY);
      if (tags.put(notReserved(key), tag.text("Value", 0, LONGEST_VALUE, VALUE)) != null) {
        throw IamErrors.invalidInput(
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
    }
    return tags;
  }

  private static String notReserved(String key) {
    if (key.toLowerCase(Locale.ROOT).startsWith(RESERVED)) {
      throw IamErrors.invalidInput("Tag keys that begin with aws: are reserved for AWS.");
    }
    return key;
  }

  /** The keys of those that a request would take away. */
  static List<String> keys(QueryRequest request) {
    return request.texts("TagKeys", MOST, 1, LONGEST_KEY, KEY);
  }

  /**
   * @param quota as the message names it: {@code TagsPerUser}
   */
  static SortedMap<String, String> with(
      SortedMap<String, String> before, Map<String, String> more, String quota) {
    SortedMap<String, String> after = without(before, more.keySet());
    after.putAll(more);
    if (after.size() > MOST) {
      throw LimitExceeded.quota(quota, MOST);
    }
    return after;
  }

  static SortedMap<String, String> without(
      SortedMap<String, String> before, Iterable<String> keys) {
    SortedMap<String, String> after = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    after.putAll(before);
    keys.forEach(after::remove);
    return after;
  }

  static List<Element> elements(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(
            tag ->
                Element.of(
                    "member", Element.of("Key", tag.getKey()), Element.of("Value", tag.getValue())))
        .toList();
  }
}
