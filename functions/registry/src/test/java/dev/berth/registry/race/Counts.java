package dev.berth.registry.race;

import java.util.Map;
import java.util.TreeMap;

/** What happened how often, for the log. */
final class Counts {

  private final Map<String, Long> counts = new TreeMap<>();

  synchronized void increment(String what) {
    counts.merge(what, 1L, Long::sum);
  }

  @Override
  public synchronized String toString() {
    return counts.toString();
  }
}
