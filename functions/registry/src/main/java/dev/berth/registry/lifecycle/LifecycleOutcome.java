package dev.berth.registry.lifecycle;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run of a repository's lifecycle policy came to.
 *
 * @param images how many there were
 * @param expired how many went, by the priority of the rule that decided
 * @param left how many were to go, and changed or were gone by then: the next run decides anew
 * @param finished whether all that expires was looked at; else the next run is to follow at once
 */
public record LifecycleOutcome(
    int images, SortedMap<Integer, Integer> expired, int left, boolean finished) {

  /** Where there is no policy, or no repository by now. */
  static final LifecycleOutcome NOTHING =
      new LifecycleOutcome(0, Collections.emptySortedMap(), 0, true);

  public LifecycleOutcome {
    expired = Collections.unmodifiableSortedMap(new TreeMap<>(expired));
  }

  /** How many went. */
  public int total() {
    return expired.values().stream().mapToInt(Integer::intValue).sum();
  }
}
