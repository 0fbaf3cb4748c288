package dev.berth.lambda.iam;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An element of an answer's XML: with text, or with other elements.
 *
 * @param text empty where it has children
 */
record Element(String name, String text, List<Element> children) {

  Element {
    children = List.copyOf(children);
  }

  static Element of(String name, String text) {
    return new Element(name, text, List.of());
  }

  static Element of(String name, Element... children) {
    return of(name, List.of(children));
  }

  static Element of(String name, List<Element> children) {
    return new Element(name, "", children);
  }

  /** In seconds, as IAM writes them. */
  static Element of(String name, Instant time) {
    return of(name, time.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** A list in the query protocol: its elements are called {@code member}. */
  static Element list(String name, List<List<Element>> members) {
    return of(name, members.stream().map(member -> of("member", member)).toList());
  }
}
