package dev.berth.registry.store;

import dev.berth.registry.store.Objects.Part;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The bounds of {@link Objects}' arguments, for its adapters to check alike. All throw {@link
 * IllegalArgumentException}.
 */
public final class ObjectRules {

  private static final int LONGEST_KEY = 512;
  private static final int LAST_PART = 10_000;
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*+");
  private static final Pattern DOTS = Pattern.compile("(^|.*/)\\.\\.?(/.*|$)");

  private ObjectRules() {}

  public static boolean isKey(String key) {
    return key.length() <= LONGEST_KEY
        && KEY.matcher(key).matches()
        && !DOTS.matcher(key).matches();
  }

  /** The key, if it is one. */
  public static String key(String key) {
    check(isKey(key), "not an object's key: '" + key + "'");
    return key;
  }

  public static void partNumber(int number) {
    check(number >= 1 && number <= LAST_PART, "not a part's number: " + number);
  }

  public static void range(long offset, long length) {
    check(offset >= 0 && length >= 0, "not a range: " + length + " from " + offset);
  }

  public static void copyRange(long offset, long length) {
    range(offset, length);
    check(length > 0, "not a range to copy: nothing from " + offset);
  }

  /** That a link is good for a second at least. */
  public static void validity(Duration validity) {
    check(validity.toSeconds() >= 1, "not a link's validity: " + validity);
  }

  /** The parts that an object is made of, in the order of their numbers. */
  public static List<Part> inOrder(List<Part> parts) {
    List<Part> sorted = parts.stream().sorted(Comparator.comparingInt(Part::number)).toList();
    long numbers = sorted.stream().mapToInt(Part::number).distinct().count();
    check(!sorted.isEmpty() && numbers == sorted.size(), "not an object's parts: " + parts);
    return sorted;
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
