package dev.berth.registry.scan;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.RegistryException.LimitExceeded;
import dev.berth.registry.RegistryException.UnsupportedImageType;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.Scan;
import dev.berth.registry.image.ScanRecords;
import dev.berth.registry.image.ScanRecords.Scanned;
import dev.berth.registry.image.ScanResult;
import dev.berth.registry.store.Objects;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Scans of images as clients see them (guide, "Image scanning").
 *
 * <p>All methods throw {@link dev.berth.registry.RegistryException.RepositoryNotFound} if there is
 * no such repository, and {@link ImageNotFound} if it has no such image.
 */
public final class Scans {

  private final ScanRecords records;
  private final KeptFindings findings;
  private final Clock clock;

  public Scans(ScanRecords records, Objects objects, Clock clock) {
    this.records = records;
    this.findings = new KeptFindings(objects);
    this.clock = clock;
  }

  /**
   * Notes that a scan is to be done. Whoever calls this asks for it then; where that is lost, it is
   * asked for later.
   *
   * @throws UnsupportedImageType for an artifact that is no container image, nor an index of some
   * @throws LimitExceeded if one was asked for within the last 24 hours
   */
  public Scan start(String account, RepositoryName name, Digest digest) {
    while (true) {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      Scanned scanned = records.find(account, name, digest);
      requirePossible(scanned.image());
      requireQuota(scanned.image(), now);
      Scan scan = Scan.begun(now, scanned.image().scan().flatMap(Scan::result));
      if (records.begin(scanned, scan)) {
        return scan;
      }
      // the image went, or another asked first: look again
    }
  }

  /** The last scan that was asked for, with what the last completed one found. */
  public Optional<Scan> find(String account, RepositoryName name, Digest digest) {
    return records.find(account, name, digest).image().scan();
  }

  /**
   * Some of what was found, worst first.
   *
   * @param offset of the first one, from 0
   * @return empty where another scan has been completed since, or the image is gone
   */
  public Optional<List<ScanFinding>> findings(ScanResult result, int offset, int limit) {
    return findings.read(result, offset, limit);
  }

  private static void requirePossible(Image image) {
    if (!Scan.isPossible(image.mediaType(), image.artifactType())) {
      throw new UnsupportedImageType(image.artifactType().orElse(image.mediaType()));
    }
  }

  private static void requireQuota(Image image, Instant now) {
    if (image.scan().filter(last -> last.usesUpQuota(now)).isPresent()) {
      throw new LimitExceeded("The scan quota per image has been exceeded. Wait and try again.");
    }
  }
}
