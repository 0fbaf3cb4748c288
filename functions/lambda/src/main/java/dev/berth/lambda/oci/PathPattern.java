package dev.berth.lambda.oci;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A form of paths, written as {@code /v2/{name}/blobs/{digest}}. A name has any number of segments
 * and may hold words that mean something elsewhere in a path ({@code a/blobs/uploads} is a name),
 * so a path is matched from its end: what is left in front is the name.
 */
final class PathPattern {

  private static final String ROOT = "v2";
  private static final String NAME = "{name}";

  private final String text;
  private final boolean named;
  private final List<String> tail;

  PathPattern(String text) {
    this.text = text;
    List<String> segments = split(text);
    this.named = segments.contains(NAME);
    this.tail = segments.subList(named ? 2 : 1, segments.size());
  }

  /**
   * What a path that matches names.
   *
   * @param name unchecked; empty for a pattern without a name
   * @param argument the last segment's text, unchecked
   */
  record Match(Optional<String> name, String argument) {}

  /**
   * @param segments of {@link #split}
   */
  Optional<Match> match(List<String> segments) {
    int nameEnd = segments.size() - tail.size();
    boolean fits = named ? nameEnd > 1 : nameEnd == 1;
    if (!fits || !segments.getFirst().equals(ROOT) || !matchesTail(segments, nameEnd)) {
      return Optional.empty();
    }
    return Optional.of(
        new Match(
            named ? Optional.of(String.join("/", segments.subList(1, nameEnd))) : Optional.empty(),
            segments.getLast()));
  }

  private boolean matchesTail(List<String> segments, int from) {
    for (int i = 0; i < tail.size(); i++) {
      String expected = tail.get(i);
      String actual = segments.get(from + i);
      boolean matches = expected.startsWith("{") ? !actual.isEmpty() : expected.equals(actual);
      if (!matches) {
        return false;
      }
    }
    return true;
  }

  /** The segments of a decoded path, empty ones included. */
  static List<String> split(String path) {
    return Arrays.asList(path.substring(1).split("/", -1));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathPattern pattern && pattern.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
