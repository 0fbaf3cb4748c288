package dev.berth.lambda.ecr;

import dev.berth.registry.image.ScanResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** ECR's ImageScanFindingsSummary: of the last completed scan. */
record ScanSummaryDocument(
    Instant imageScanCompletedAt,
    Optional<Instant> vulnerabilitySourceUpdatedAt,
    Map<String, Integer> findingSeverityCounts) {

  static ScanSummaryDocument of(ScanResult result) {
    return new ScanSummaryDocument(result.completedAt(), result.sourceUpdatedAt(), counts(result));
  }

  /** Worst first. */
  static Map<String, Integer> counts(ScanResult result) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    result.counts().counts().forEach((severity, count) -> counts.put(severity.name(), count));
    return counts;
  }
}
