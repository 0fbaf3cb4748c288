package dev.berth.core.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.text.Excerpt;
import java.util.Collection;
import java.util.stream.Collectors;

/** Parts of an author's policy as a message can carry them. */
final class Quoted {

  private Quoted() {}

  /** As JSON. */
  static String value(JsonNode value) {
    return Excerpt.of(value.toString());
  }

  /** As a JSON array of names. */
  static String names(Collection<String> names) {
    return Excerpt.of(
        names.stream()
            .sorted()
            .map(name -> '"' + name + '"')
            .collect(Collectors.joining(",", "[", "]")));
  }
}
