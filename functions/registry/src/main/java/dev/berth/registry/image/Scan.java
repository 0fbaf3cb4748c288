package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.oci.Tag;
import dev.berth.core.scan.SeverityCounts;
import dev.berth.registry.outbox.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A scan of an image for vulnerabilities that was asked for. It is kept on the image itself, so
 * that it is listed with it, and goes with it.
 *
 * @param description what there is to say of the status; empty where it says all
 * @param requestedAt in whole milliseconds; it tells scans of an image apart
 * @param followUps how often it was asked for again, as nobody seemed to work on it
 * @param dueAt when somebody has to look whether it is being worked on
 * @param isCounted whether another one has to wait for a day; not where it failed for what the
 *     image cannot help
 * @param result of the last scan that was completed, this one or one before
 */
public record Scan(
    Status status,
    Optional<String> description,
    Instant requestedAt,
    int followUps,
    Instant dueAt,
    boolean isCounted,
    Optional<ScanResult> result) {

  /** Those of ECR's ScanStatus that a scan of the guide's kind goes through. */
  public enum Status {
    IN_PROGRESS,
    COMPLETE,
    FAILED
  }

  /** Within this an image is scanned once, scans on push included (guide, "Quotas"). */
  public static final Duration QUOTA_PERIOD = Duration.ofHours(24);

  /** After this, whoever worked on it has ended, one way or another. */
  static final Duration PATIENCE = Duration.ofMinutes(20);

  /** So often somebody is asked to take it up again. */
  static final int MOST_FOLLOW_UPS = 8;

  private static final Set<String> CONFIGS =
      Set.of(MediaTypes.OCI_CONFIG, MediaTypes.DOCKER_CONFIG);

  /**
   * One that is to be done.
   *
   * @param last of the image
   */
  public static Scan begun(Instant requestedAt, Optional<ScanResult> last) {
    Instant due = firstDue(requestedAt);
    return new Scan(Status.IN_PROGRESS, Optional.empty(), requestedAt, 0, due, true, last);
  }

  static Instant firstDue(Instant requestedAt) {
    return requestedAt.plus(PATIENCE);
  }

  public Scan completed(String words, ScanResult found) {
    return new Scan(
        Status.COMPLETE,
        Optional.of(words),
        requestedAt,
        followUps,
        dueAt,
        true,
        Optional.of(found));
  }

  /** What was found before stays. */
  public Scan failed(String reason, boolean counted) {
    return new Scan(
        Status.FAILED, Optional.of(reason), requestedAt, followUps, dueAt, counted, result);
  }

  /** Somebody is asked to take it up again. */
  Scan followedUp(Instant now) {
    Instant due = now.truncatedTo(ChronoUnit.MILLIS).plus(PATIENCE);
    return new Scan(status, description, requestedAt, followUps + 1, due, isCounted, result);
  }

  public boolean isInProgress() {
    return status == Status.IN_PROGRESS;
  }

  /** Whether the image's quota is used up by it. */
  public boolean usesUpQuota(Instant now) {
    return isCounted && requestedAt.plus(QUOTA_PERIOD).isAfter(now);
  }

  /** What there is to tell of it when it has ended. */
  Change told(Digest image, List<Tag> tags) {
    SeverityCounts found =
        status == Status.COMPLETE
            ? result.map(ScanResult::counts).orElse(SeverityCounts.NONE)
            : SeverityCounts.NONE;
    return new Change.Scanned(image, status.name(), found, tags);
  }

  /** Whether such a manifest is a container image, or an index of some: others have no packages. */
  public static boolean isPossible(String mediaType, Optional<String> artifactType) {
    return isIndex(mediaType)
        ? artifactType.isEmpty()
        : MediaTypes.IMAGES.contains(mediaType)
            && artifactType.filter(CONFIGS::contains).isPresent();
  }

  /** Whether its scan is that of the images that it names. */
  public static boolean isIndex(String mediaType) {
    return MediaTypes.INDEXES.contains(mediaType);
  }
}
