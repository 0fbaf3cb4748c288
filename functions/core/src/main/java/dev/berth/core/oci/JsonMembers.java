package dev.berth.core.oci;

import static dev.berth.core.oci.ManifestException.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of one object of a manifest, read by name and type; what does not fit is refused with
 * the member's path. A member that is {@code null} is absent, as Go's encoders write it.
 *
 * @param path where the object is in the manifest; empty at its top
 */
record JsonMembers(String path, ObjectNode object) {

  String required(String name) {
    return optional(name).orElseThrow(() -> new ManifestException(at(name) + " is missing"));
  }

  /** Empty too for an empty string. */
  Optional<String> optional(String name) {
    return member(name).map(node -> text(node, at(name))).filter(text -> !text.isEmpty());
  }

  long integer(String name, long least, long most) {
    JsonNode node = present(name);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new ManifestException(at(name) + " is not an integer");
    }
    if (node.longValue() < least || node.longValue() > most) {
      throw new ManifestException(at(name) + " is not between " + least + " and " + most);
    }
    return node.longValue();
  }

  boolean has(String name) {
    return member(name).isPresent();
  }

  JsonMembers object(String name) {
    return object(present(name), at(name));
  }

  List<JsonMembers> objects(String name, int most) {
    List<JsonMembers> objects = new ArrayList<>();
    for (JsonNode element : elements(name, most)) {
      objects.add(object(element, at(name) + "[" + objects.size() + "]"));
    }
    return List.copyOf(objects);
  }

  private List<JsonNode> elements(String name, int most) {
    if (!(present(name) instanceof ArrayNode array)) {
      throw new ManifestException(at(name) + " is not an array");
    }
    if (array.size() > most) {
      throw new ManifestException(
          at(name) + " has " + array.size() + " entries, at most " + most + " are supported");
    }
    return List.copyOf(array.valueStream().toList());
  }

  /** An array of strings; empty where it is absent. */
  List<String> texts(String name, int most) {
    return has(name)
        ? elements(name, most).stream().map(element -> text(element, at(name))).toList()
        : List.of();
  }

  /** A map of strings, in the order of the manifest; empty where it is absent. */
  Map<String, String> strings(String name) {
    if (!has(name)) {
      return Map.of();
    }
    JsonMembers map = object(name);
    Map<String, String> strings = new LinkedHashMap<>();
    map.object()
        .properties()
        .forEach(
            entry -> {
              String where = at(name) + "[" + quoted(entry.getKey()) + "]";
              strings.put(entry.getKey(), text(entry.getValue(), where));
            });
    return Collections.unmodifiableMap(strings);
  }

  /** The member's path, for messages. */
  String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private JsonNode present(String name) {
    return member(name).orElseThrow(() -> new ManifestException(at(name) + " is missing"));
  }

  private Optional<JsonNode> member(String name) {
    return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
  }

  private static JsonMembers object(JsonNode node, String path) {
    if (node instanceof ObjectNode object) {
      return new JsonMembers(path, object);
    }
    throw new ManifestException(path + " is not an object");
  }

  private static String text(JsonNode node, String path) {
    if (!node.isTextual()) {
      throw new ManifestException(path + " is not a string");
    }
    return node.textValue();
  }
}
