package dev.berth.core.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The members of one object of a policy, read by name and type. What does not fit is refused in the
 * words of the JSON schema validator that ECR's captured messages come from, and with its place as
 * a JSON pointer.
 *
 * @param place of the object: empty for the whole policy
 */
record PolicyMembers(String place, ObjectNode object) {

  /** Refuses members beyond these, and the lack of one that is required. */
  PolicyMembers only(Set<String> required, Set<String> optional) {
    Set<String> missing = new HashSet<>(required);
    Set<String> unknown = new HashSet<>();
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!missing.remove(name) && !optional.contains(name)) {
                unknown.add(name);
              }
            });
    if (!missing.isEmpty()) {
      throw refusal(
          place, "object has missing required properties (%s)".formatted(Quoted.names(missing)));
    }
    if (!unknown.isEmpty()) {
      throw refusal(
          place,
          "object instance has properties which are not allowed by the schema: "
              + Quoted.names(unknown));
    }
    return this;
  }

  boolean has(String name) {
    return object.has(name);
  }

  PolicyMembers object(String name) {
    return object(object.get(name), at(name));
  }

  List<PolicyMembers> objects(String name, int most) {
    ArrayNode array = array(name, most);
    List<PolicyMembers> objects = new ArrayList<>();
    for (JsonNode element : array) {
      objects.add(object(element, at(name) + "/" + objects.size()));
    }
    return objects;
  }

  /** Strings that are not empty, at least one. */
  List<String> strings(String name) {
    ArrayNode array = array(name, Integer.MAX_VALUE);
    List<String> strings = new ArrayList<>();
    for (JsonNode element : array) {
      String at = at(name) + "/" + strings.size();
      String string = string(element, at);
      if (string.isEmpty()) {
        throw refusal(at, "string \"\" is too short (length: 0, required minimum: 1)");
      }
      strings.add(string);
    }
    return strings;
  }

  Optional<String> optionalString(String name) {
    return Optional.ofNullable(object.get(name)).map(node -> string(node, at(name)));
  }

  /** One of these strings. */
  String oneOf(String name, List<String> values) {
    JsonNode node = object.get(name);
    if (!values.contains(string(node, at(name)))) {
      throw refusal(
          at(name),
          "instance value (%s) not found in enum (possible values: %s)"
              .formatted(Quoted.value(node), Quoted.names(values)));
    }
    return node.textValue();
  }

  int positiveInteger(String name) {
    JsonNode node = object.get(name);
    if (!node.isIntegralNumber()) {
      throw wrongType(node, at(name), "integer");
    }
    if (!node.canConvertToInt() && node.bigIntegerValue().signum() > 0) {
      throw refusal(
          at(name),
          "numeric instance is greater than the required maximum (maximum: %d, found: %s)"
              .formatted(Integer.MAX_VALUE, node.asText()));
    }
    if (!node.canConvertToInt() || node.intValue() < 1) {
      throw refusal(
          at(name),
          "numeric instance is lower than the required minimum (minimum: 1, found: %s)"
              .formatted(node.asText()));
    }
    return node.intValue();
  }

  String at(String name) {
    return place + "/" + name;
  }

  private ArrayNode array(String name, int most) {
    JsonNode node = object.get(name);
    if (!(node instanceof ArrayNode array)) {
      throw wrongType(node, at(name), "array");
    }
    if (array.isEmpty()) {
      throw refusal(
          at(name),
          "array is too short: must have at least 1 elements but instance has 0 elements");
    }
    if (array.size() > most) {
      throw refusal(
          at(name),
          "array is too long: must have at most %d elements but instance has %d elements"
              .formatted(most, array.size()));
    }
    return array;
  }

  private static PolicyMembers object(JsonNode node, String place) {
    if (node instanceof ObjectNode object) {
      return new PolicyMembers(place, object);
    }
    throw wrongType(node, place, "object");
  }

  private static String string(JsonNode node, String place) {
    if (!node.isTextual()) {
      throw wrongType(node, place, "string");
    }
    return node.textValue();
  }

  static LifecyclePolicyException refusal(String place, String what) {
    return new LifecyclePolicyException(place.isEmpty() ? what : what + " at " + place);
  }

  private static LifecyclePolicyException wrongType(JsonNode node, String place, String allowed) {
    return refusal(
        place,
        "instance type (%s) does not match any allowed primitive type (allowed: [\"%s\"])"
            .formatted(type(node), allowed));
  }

  private static String type(JsonNode node) {
    return node.isIntegralNumber() ? "integer" : node.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
