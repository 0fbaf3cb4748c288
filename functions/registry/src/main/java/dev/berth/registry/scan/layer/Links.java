package dev.berth.registry.scan.layer;

import dev.berth.registry.scan.layer.Fact.Link;
import java.util.Map;
import java.util.Optional;

/** Follows symbolic links among facts. */
final class Links {

  /** As many as Linux follows. */
  private static final int MOST_HOPS = 40;

  private Links() {}

  /** The path that it is, where directories on its way are links; nothing if they go in circles. */
  static Optional<String> followParents(String path, Map<String, Fact> facts) {
    return follow(path, facts, false);
  }

  /** The path that it is, where it or directories on its way are links. */
  static Optional<String> follow(String path, Map<String, Fact> facts) {
    return follow(path, facts, true);
  }

  private static Optional<String> follow(String path, Map<String, Fact> facts, boolean whole) {
    String at = path;
    for (int hops = 0; hops < MOST_HOPS; hops++) {
      int end = firstLink(at, facts, whole);
      if (end < 0) {
        return Optional.of(at);
      }
      String target = ((Link) facts.get(at.substring(0, end))).target();
      at = LayerPath.of(target + at.substring(end));
    }
    return Optional.empty();
  }

  /** Where the shortest beginning of the path ends that is a link. */
  private static int firstLink(String path, Map<String, Fact> facts, boolean whole) {
    if (facts.isEmpty()) {
      return -1;
    }
    for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      if (facts.get(path.substring(0, end)) instanceof Link) {
        return end;
      }
    }
    return whole && facts.get(path) instanceof Link ? path.length() : -1;
  }
}
