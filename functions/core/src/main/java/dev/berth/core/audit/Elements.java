package dev.berth.core.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How much of what callers send a record holds. */
public final class Elements {

  /** CloudTrail's bound for requestParameters and for responseElements, in bytes. */
  public static final int LARGEST = 100 * 1024;

  private static final int MOST_OF_CHARACTER = "\\u00e9".length();

  /** A number, or what surrounds a text or a structure. */
  private static final int MOST_OF_SCALAR = 32;

  private Elements() {}

  /**
   * What CloudTrail writes in place of what is too large.
   *
   * @param originalSize in bytes
   */
  public static ObjectNode omitted(long originalSize) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("omitted", true)
        .put("originalSize", originalSize)
        .put("reason", "larger than the maximum of %d bytes".formatted(LARGEST));
  }

  /** The same, or a note of its size where it is certain to be too large to be written. */
  public static JsonNode bounded(JsonNode elements) {
    long least = leastSize(elements);
    return least > LARGEST ? omitted(least) : elements;
  }

  /** Bytes that the node has at least when it is written, which is cheap to know. */
  static long leastSize(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue().length();
    }
    long size = 0;
    for (JsonNode child : node) {
      size += leastSize(child);
    }
    return size;
  }

  /** Bytes that the node has at most when it is written, each character as an escape. */
  static long mostSize(JsonNode node) {
    long size = MOST_OF_SCALAR;
    if (node.isTextual()) {
      return size + (long) MOST_OF_CHARACTER * node.textValue().length();
    }
    for (var member : node.properties()) {
      size += (long) MOST_OF_CHARACTER * member.getKey().length() + mostSize(member.getValue());
    }
    if (node.isArray()) {
      for (JsonNode child : node) {
        size += mostSize(child);
      }
    }
    return size;
  }

  static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}
