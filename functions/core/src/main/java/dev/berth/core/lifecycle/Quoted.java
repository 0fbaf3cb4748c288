package dev.berth.core.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.stream.Collectors;

/** Text of an author's as a message can carry it: short, and without control characters. */
final class Quoted {

  private static final int LONGEST = 200;

  private Quoted() {}

  static String cut(String text) {
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    return cut.replaceAll("\\p{Cntrl}", "?");
  }

  /** As JSON. */
  static String value(JsonNode value) {
    return cut(value.toString());
  }

  /** As a JSON array of names. */
  static String names(Collection<String> names) {
    return cut(
        names.stream()
            .sorted()
            .map(name -> '"' + name + '"')
            .collect(Collectors.joining(",", "[", "]")));
  }
}
