package dev.berth.registry.scan.layer;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Paths from an image's root, without a leading slash; the root is empty. Whatever leads above the
 * root leads to it, as on a system.
 */
final class LayerPath {

  /** What Linux takes for a path at most, so that no client could unpack a longer one. */
  static final int LONGEST = 4096;

  private LayerPath() {}

  static String of(String written) {
    return isClean(written) ? written : clean(written);
  }

  /** The link's target as a path; one that is not absolute begins beside the link. */
  static String target(String link, String target) {
    return of(target.startsWith("/") ? target : parent(link) + "/" + target);
  }

  static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static String child(String directory, String name) {
    return directory.isEmpty() ? name : directory + "/" + name;
  }

  /** Whether it is in the directory, or in one below it. */
  static boolean isBelow(String path, String directory) {
    return directory.isEmpty()
        ? !path.isEmpty()
        : path.length() > directory.length()
            && path.startsWith(directory)
            && path.charAt(directory.length()) == '/';
  }

  /** Most names are, and there are many. */
  private static boolean isClean(String written) {
    boolean atSegment = true;
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      // names that begin with a dot too: seldom enough
      if (atSegment && (c == '/' || c == '.')) {
        return false;
      }
      atSegment = c == '/';
    }
    return !atSegment || written.isEmpty();
  }

  private static String clean(String written) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : written.split("/")) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    return String.join("/", segments);
  }
}
