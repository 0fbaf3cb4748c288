package dev.berth.lambda.query;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An element of an answer's XML: with text, or with other elements.
 *
 * @param text empty where it has children
 */
public record Element(String name, String text, List<Element> children) {

  public Element {
    children = List.copyOf(children);
  }

  public static Element of(String name, String text) {
    return new Element(name, text, List.of());
  }

  public static Element of(String name, Element... children) {
    return of(name, List.of(children));
  }

  public static Element of(String name, List<Element> children) {
    return new Element(name, "", children);
  }

  /** In seconds, as AWS writes them. */
  public static Element of(String name, Instant time) {
    return of(name, time.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** A list in the query protocol: its elements are called {@code member}. */
  public static Element list(String name, List<List<Element>> members) {
    return of(name, members.stream().map(member -> of("member", member)).toList());
  }

  /** Without the text, which may be a secret. */
  @Override
  public String toString() {
    return children.isEmpty() ? name : name + children;
  }
}
