package dev.berth.registry.scan;

import dev.berth.core.oci.Descriptor;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.IndexManifest;
import dev.berth.core.scan.match.TooManyFindingsException;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.image.Scan;
import dev.berth.registry.image.ScanRecords;
import dev.berth.registry.image.ScanRecords.Scanned;
import dev.berth.registry.image.ScanResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reports what the images of an index have. Each is scanned by itself, unless that was done within
 * the time of its quota, so that it can be asked for by itself, too; and each of its findings is
 * one of the index, with the image's digest as an attribute.
 */
final class IndexScanner {

  /** Of all images together. */
  static final int MOST_FINDINGS = 100_000;

  /** What begins after that is left to the next call: a function of Lambda has 15 minutes. */
  private static final Duration LONGEST = Duration.ofMinutes(4);

  /** What docker's buildx says of its attestations, which are in the form of images. */
  private static final String KIND = "vnd.docker.reference.type";

  private static final String ATTESTATION = "attestation-manifest";

  private final ScanRecords records;
  private final KeptFindings findings;
  private final Scanning scanning;
  private final Clock clock;

  IndexScanner(ScanRecords records, KeptFindings findings, Scanning scanning, Clock clock) {
    this.records = records;
    this.findings = findings;
    this.scanning = scanning;
    this.clock = clock;
  }

  /**
   * @return empty if not all images are scanned yet, and this has taken long
   * @throws ScanFailure if none of them can be scanned
   */
  Optional<ScanReport> scan(ScanTarget index, IndexManifest manifest) {
    Instant end = clock.instant().plus(LONGEST);
    var report = new Report();
    for (Digest digest : images(manifest)) {
      if (clock.instant().isAfter(end)) {
        return Optional.empty();
      }
      var child = new ScanTarget(index.account(), index.repository(), digest);
      if (!add(child, report)) {
        return Optional.empty();
      }
    }
    return Optional.of(report.done());
  }

  private static List<Digest> images(IndexManifest manifest) {
    return manifest.manifests().stream()
        .filter(child -> !ATTESTATION.equals(child.annotations().get(KIND)))
        .map(Descriptor::digest)
        .distinct()
        .toList();
  }

  /** False where the image's own scan goes on. */
  private boolean add(ScanTarget child, Report report) {
    Optional<Scanned> found = find(child);
    if (found.filter(IndexScanner::isImage).isEmpty()) {
      report.leftOut(child, "it is no image", true);
      return true;
    }
    begin(found.get());
    if (!scanning.run(child)) {
      return false;
    }
    Scan scan = find(child).flatMap(it -> it.image().scan()).orElseThrow(() -> gone(child));
    if (scan.status() == Scan.Status.COMPLETE) {
      report.found(child, scan.result().orElseThrow());
    } else {
      report.leftOut(child, scan.description().orElse(scan.status().name()), scan.isCounted());
    }
    return !scan.isInProgress();
  }

  private Optional<Scanned> find(ScanTarget child) {
    try {
      return Optional.of(records.find(child.account(), child.repository(), child.digest()));
    } catch (ImageNotFound e) {
      return Optional.empty();
    }
  }

  private static boolean isImage(Scanned child) {
    var image = child.image();
    return !Scan.isIndex(image.mediaType())
        && Scan.isPossible(image.mediaType(), image.artifactType());
  }

  /** Where it loses to another who begins one, there is one all the same. */
  private void begin(Scanned child) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Optional<Scan> last = child.image().scan();
    if (last.filter(scan -> scan.isInProgress() || scan.usesUpQuota(now)).isEmpty()) {
      records.begin(child, Scan.begun(now, last.flatMap(Scan::result)));
    }
  }

  private static ScanFailure gone(ScanTarget child) {
    return ScanFailure.ofDeployment("Image %s was deleted meanwhile.".formatted(child.digest()));
  }

  /** What is known of the images together. */
  private final class Report {
    private final List<ScanFinding> all = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<Instant> sources = new ArrayList<>();
    private int scanned;
    private boolean anyIsCounted;

    void found(ScanTarget child, ScanResult result) {
      scanned++;
      result.sourceUpdatedAt().ifPresent(sources::add);
      if (all.size() + result.counts().total() > MOST_FINDINGS) {
        throw new TooManyFindingsException(MOST_FINDINGS);
      }
      findings.read(result, 0, Integer.MAX_VALUE).orElseThrow(() -> gone(child)).stream()
          .map(finding -> finding.in(child.digest()))
          .forEach(all::add);
    }

    void leftOut(ScanTarget child, String why, boolean counted) {
      anyIsCounted |= counted;
      remarks.add("Image %s was not scanned: %s".formatted(child.digest(), why));
    }

    ScanReport done() {
      if (scanned == 0) {
        throw nothing();
      }
      return new ScanReport(
          all.stream().sorted(ScanFinding.ORDER).toList(),
          sources.stream().max(Comparator.naturalOrder()),
          remarks);
    }

    private ScanFailure nothing() {
      if (remarks.isEmpty()) {
        return ScanFailure.ofImage("The index names no images.");
      }
      String reasons = String.join(" ", remarks);
      return anyIsCounted ? ScanFailure.ofImage(reasons) : ScanFailure.ofDeployment(reasons);
    }
  }
}
