package dev.berth.lambda.ecr;

import dev.berth.registry.image.Scan;
import java.util.Optional;

/** ECR's ImageScanStatus. */
record ScanStatusDocument(Scan.Status status, Optional<String> description) {

  static ScanStatusDocument of(Scan scan) {
    return new ScanStatusDocument(scan.status(), scan.description());
  }
}
