package dev.berth.core.scan.feed;

import java.util.List;

/** What is not there in a record that Jackson reads, and comes as null. */
public final class Absent {

  private Absent() {}

  public static String text(String text) {
    return text == null ? "" : text;
  }

  /**
   * @throws NullPointerException if an element is null, which Jackson says the place of
   */
  public static <T> List<T> list(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
