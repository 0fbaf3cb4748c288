package dev.berth.core.scan.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts while an index is built: each is kept once, and known by a number. */
final class TextCollector {

  /** Of a text beside its characters, in bytes. */
  private static final int OVERHEAD = 120;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private final Capacity capacity;

  TextCollector(Capacity capacity) {
    this.capacity = capacity;
  }

  int number(String text) {
    Integer known = numbers.putIfAbsent(text, texts.size());
    if (known != null) {
      return known;
    }
    capacity.take(OVERHEAD + text.length());
    texts.add(text);
    return texts.size() - 1;
  }

  /**
   * Writes the table of all texts.
   *
   * @return the place in it of each number
   */
  int[] write(IndexBytes out) {
    List<String> sorted = new ArrayList<>(texts);
    sorted.sort(TextTable::compare);
    TextTable.write(sorted, out);
    int[] places = new int[sorted.size()];
    for (int place = 0; place < places.length; place++) {
      places[numbers.get(sorted.get(place))] = place;
    }
    return places;
  }
}
