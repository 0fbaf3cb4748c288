package dev.berth.registry.lifecycle;

import dev.berth.registry.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Splits what is written at once: into records that stay readable, and transactions that fit. */
final class Pages {

  /** With one image of very many tags, a page is well below a record's 250 KB. */
  private static final int LONGEST = 100 * 1024;

  private Pages() {}

  /**
   * @param length of an entry in characters
   * @return pages of 1 to {@link Table#MOST} entries, which end earlier where entries are long
   */
  static <T> List<List<T>> of(List<T> entries, ToIntFunction<T> length) {
    List<List<T>> pages = new ArrayList<>();
    int room = 0;
    for (T entry : entries) {
      int needed = length.applyAsInt(entry);
      if (pages.isEmpty() || pages.getLast().size() == Table.MOST || needed > room) {
        pages.add(new ArrayList<>());
        room = LONGEST;
      }
      pages.getLast().add(entry);
      room -= needed;
    }
    return pages;
  }
}
