package dev.berth.core.scan;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many findings there are of each severity that there are any of, worst first (ECR API,
 * findingSeverityCounts).
 */
public record SeverityCounts(Map<Severity, Integer> counts) {

  public static final SeverityCounts NONE = new SeverityCounts(Map.of());

  private static final String SEPARATOR = " ";

  public SeverityCounts {
    Map<Severity, Integer> sorted = new EnumMap<>(Severity.class);
    sorted.putAll(counts);
    sorted.values().removeIf(count -> count == 0);
    counts = Collections.unmodifiableMap(sorted);
  }

  public static SeverityCounts of(Stream<Severity> severities) {
    Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
    severities.forEach(severity -> counts.merge(severity, 1, Integer::sum));
    return new SeverityCounts(counts);
  }

  /** Of all severities together. */
  public int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** In one text: {@code CRITICAL=10 MEDIUM=9}, empty where there is none. */
  public String text() {
    return counts.entrySet().stream()
        .map(count -> count.getKey() + "=" + count.getValue())
        .collect(Collectors.joining(SEPARATOR));
  }

  /**
   * What {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static SeverityCounts parse(String text) {
    Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
    Stream.of(text.split(SEPARATOR))
        .filter(count -> !count.isEmpty())
        .map(count -> count.split("=", 2))
        .forEach(count -> counts.put(Severity.valueOf(count[0]), Integer.valueOf(count[1])));
    return new SeverityCounts(counts);
  }
}
