package dev.berth.core.scan.distribution;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The releases of a distribution, and the last day on which its vendor supports each with security
 * updates for everybody. Support that is sold, or that another organization gives, does not count.
 */
public final class SupportPeriods {

  private final Map<String, LocalDate> lastDays;

  private SupportPeriods(Map<String, LocalDate> lastDays) {
    this.lastDays = lastDays;
  }

  /** No release yet. */
  public static SupportPeriods none() {
    return new SupportPeriods(Map.of());
  }

  /**
   * With one more.
   *
   * @param lastDay {@code 2028-06-30}
   */
  public SupportPeriods and(String release, String lastDay) {
    Map<String, LocalDate> more = new LinkedHashMap<>(lastDays);
    more.put(release, LocalDate.parse(lastDay));
    return new SupportPeriods(more);
  }

  /** All, in the order in which they were named. */
  public List<String> all() {
    return List.copyOf(lastDays.keySet());
  }

  /** Whether there is such a release, supported or not. */
  public boolean contain(String release) {
    return lastDays.containsKey(release);
  }

  /** Whether a release is supported on a day; none that is not known is. */
  public boolean support(String release, LocalDate day) {
    return contain(release) && !day.isAfter(lastDays.get(release));
  }
}
