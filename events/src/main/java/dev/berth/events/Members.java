package dev.berth.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of one JSON object, read by name and type; those that nobody asks for are ignored, so
 * that an event may grow. {@code null} is absent.
 *
 * @param path where the object is in the event, for messages; empty at its top
 */
record Members(JsonNode object, String path) {

  Members {
    if (!object.isObject()) {
      throw new EventException(path.isEmpty() ? "an event is an object" : "not an object: " + path);
    }
  }

  Members object(String name) {
    return new Members(required(name), at(name));
  }

  String text(String name) {
    return text(required(name), name);
  }

  Optional<String> optionalText(String name) {
    return optional(name).map(node -> text(node, name));
  }

  /** Empty where it is absent. */
  List<String> texts(String name) {
    Optional<JsonNode> array = optional(name);
    if (array.isPresent() && !array.get().isArray()) {
      throw new EventException("not an array: " + at(name));
    }
    List<String> texts = new ArrayList<>();
    array.ifPresent(nodes -> nodes.forEach(node -> texts.add(text(node, name + "[]"))));
    return texts;
  }

  /** Empty where it is absent. */
  Map<String, Long> counts(String name) {
    Map<String, Long> counts = new LinkedHashMap<>();
    optional(name)
        .map(node -> new Members(node, at(name)))
        .ifPresent(
            members ->
                members
                    .object()
                    .properties()
                    .forEach(e -> counts.put(e.getKey(), members.count(e.getKey()))));
    return counts;
  }

  private long count(String name) {
    JsonNode node = required(name);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new EventException("not an integer: " + at(name));
    }
    return node.longValue();
  }

  private String text(JsonNode node, String name) {
    if (!node.isTextual()) {
      throw new EventException("not a string: " + at(name));
    }
    return node.textValue();
  }

  private JsonNode required(String name) {
    return optional(name).orElseThrow(() -> new EventException("missing: " + at(name)));
  }

  private Optional<JsonNode> optional(String name) {
    return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
