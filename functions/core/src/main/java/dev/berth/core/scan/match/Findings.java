package dev.berth.core.scan.match;

import dev.berth.core.scan.Severity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All findings of an image, worst first, then by name. */
public record Findings(List<Finding> all) {

  public Findings {
    all = all.stream().sorted(Finding.ORDER).toList();
  }

  /** How many there are of each severity that there are any of, worst first. */
  public Map<Severity, Integer> counts() {
    Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
    all.forEach(finding -> counts.merge(finding.severity(), 1, Integer::sum));
    return counts;
  }
}
