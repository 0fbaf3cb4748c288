package dev.berth.registry.scan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a scan has come to.
 *
 * @param findings worst first
 * @param sourceUpdatedAt when the newest of the feeds that it was held against was updated
 * @param remarks on what was not scanned
 */
record ScanReport(
    List<ScanFinding> findings, Optional<Instant> sourceUpdatedAt, List<String> remarks) {

  /** ECR's words. */
  private static final String COMPLETED = "The scan was completed successfully.";

  /** A description is part of the image's item. */
  private static final int LONGEST = 2000;

  String description() {
    return bounded(remarks.isEmpty() ? COMPLETED : COMPLETED + " " + String.join(" ", remarks));
  }

  static String bounded(String words) {
    return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "...";
  }
}
