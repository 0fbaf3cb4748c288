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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Scans of images (guide, "Image scanning"). No deployment has a scanner yet, so a scan fails as
 * soon as it is asked for, and says why.
 *
 * <p>All methods throw {@link dev.berth.registry.RegistryException.RepositoryNotFound} if there is
 * no such repository, and {@link ImageNotFound} if it has no such image.
 */
public final class Scans {

  /** Within this an image is scanned once, scans on push included (guide, "Quotas"). */
  private static final Duration QUOTA_PERIOD = Duration.ofHours(24);

  private final ScanRecords records;
  private final Clock clock;

  public Scans(ScanRecords records, Clock clock) {
    this.records = records;
    this.clock = clock;
  }

  /**
   * Asks for a scan.
   *
   * @throws UnsupportedImageType for an index, or an artifact that is no container image
   * @throws LimitExceeded if one was asked for within the last 24 hours
   */
  public Scan start(String account, RepositoryName name, Digest digest) {
    while (true) {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      Scanned scanned = records.find(account, name, digest);
      requirePossible(scanned.image());
      requireQuota(scanned.image(), now);
      Scan scan = Scan.withoutScanner(now);
      if (records.begin(scanned, scan)) {
        return scan;
      }
      // the image went, or another asked first: look again
    }
  }

  /** The last scan that was asked for. */
  public Optional<Scan> find(String account, RepositoryName name, Digest digest) {
    return records.find(account, name, digest).image().scan();
  }

  private static void requirePossible(Image image) {
    if (!Scan.isPossible(image.mediaType(), image.artifactType())) {
      throw new UnsupportedImageType(image.artifactType().orElse(image.mediaType()));
    }
  }

  private static void requireQuota(Image image, Instant now) {
    boolean recent =
        image.scan().filter(last -> last.requestedAt().plus(QUOTA_PERIOD).isAfter(now)).isPresent();
    if (recent) {
      throw new LimitExceeded("The scan quota per image has been exceeded. Wait and try again.");
    }
  }
}
