package dev.berth.lambda.ecr;

import dev.berth.core.scan.match.Attribute;
import dev.berth.registry.image.ScanResult;
import dev.berth.registry.scan.ScanFinding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ECR's ImageScanFindings.
 *
 * @param imageScanCompletedAt absent where no scan was ever completed, like all that depends on it
 * @param findingSeverityCounts of all pages
 */
record ScanFindingsDocument(
    Optional<Instant> imageScanCompletedAt,
    Optional<Instant> vulnerabilitySourceUpdatedAt,
    Map<String, Integer> findingSeverityCounts,
    Optional<List<Finding>> findings) {

  /** ECR's ImageScanFinding; members are absent where there is nothing to say. */
  record Finding(
      String name,
      Optional<String> description,
      Optional<String> uri,
      String severity,
      List<Attribute> attributes) {

    static Finding of(ScanFinding finding) {
      return new Finding(
          finding.name(),
          Optional.of(finding.description()).filter(text -> !text.isEmpty()),
          Optional.of(finding.uri()).filter(text -> !text.isEmpty()),
          finding.severity().name(),
          finding.attributes());
    }
  }

  static ScanFindingsDocument of(Optional<ScanResult> result, List<ScanFinding> page) {
    return new ScanFindingsDocument(
        result.map(ScanResult::completedAt),
        result.flatMap(ScanResult::sourceUpdatedAt),
        result.map(ScanSummaryDocument::counts).orElse(Map.of()),
        result.map(_ -> page.stream().map(Finding::of).toList()));
  }
}
