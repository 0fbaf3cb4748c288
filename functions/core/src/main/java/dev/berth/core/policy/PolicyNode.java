package dev.berth.core.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A value in a policy.
 *
 * @param path where it is, for what is said against it; empty for the policy itself
 */
record PolicyNode(String path, JsonNode json) {

  private static final int QUOTED_AT_MOST = 100;

  /** The members of an object that may have these. */
  Map<String, PolicyNode> members(Set<String> known) {
    Map<String, PolicyNode> members = members();
    for (String name : members.keySet()) {
      if (!known.contains(name)) {
        throw refused("has no element '%s'".formatted(quotable(name)));
      }
    }
    return members;
  }

  /** The members of an object, in their order. */
  Map<String, PolicyNode> members() {
    if (!(json instanceof ObjectNode object)) {
      throw refused("must be an object");
    }
    Map<String, PolicyNode> members = new LinkedHashMap<>();
    object
        .properties()
        .forEach(member -> members.put(member.getKey(), at(member.getKey(), member.getValue())));
    return members;
  }

  private PolicyNode at(String name, JsonNode value) {
    return new PolicyNode(path.isEmpty() ? name : path + "." + quotable(name), value);
  }

  /** The elements of a list that has some, or the value alone. */
  List<PolicyNode> oneOrMore() {
    if (!(json instanceof ArrayNode array)) {
      return List.of(this);
    }
    if (array.isEmpty()) {
      throw refused("must not be empty");
    }
    List<PolicyNode> elements = new ArrayList<>();
    for (JsonNode element : array) {
      elements.add(new PolicyNode(path + "[" + elements.size() + "]", element));
    }
    return elements;
  }

  String text() {
    if (!json.isTextual()) {
      throw refused("must be a string");
    }
    return json.textValue();
  }

  /** The text of a string, number or boolean. */
  String scalar() {
    if (!json.isTextual() && !json.isNumber() && !json.isBoolean()) {
      throw refused("must be a string, a number or a boolean");
    }
    return json.asText();
  }

  /** What a text was parsed to. */
  <T> T require(Optional<T> parsed, String what) {
    return parsed.orElseThrow(
        () -> refused("must be %s, not '%s'".formatted(what, quotable(json.asText()))));
  }

  PolicyException refused(String why) {
    return new PolicyException((path.isEmpty() ? "the policy" : path) + " " + why);
  }

  /** Short, and in one line. */
  static String quotable(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= QUOTED_AT_MOST ? line : line.substring(0, QUOTED_AT_MOST) + "...";
  }
}
