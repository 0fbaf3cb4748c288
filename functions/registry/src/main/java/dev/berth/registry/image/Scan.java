package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.oci.Tag;
import dev.berth.registry.outbox.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A scan of an image for vulnerabilities that was asked for. It is kept on the image itself, so
 * that it is listed with it, and goes with it.
 *
 * @param description what there is to say of the status; empty where it says all
 * @param requestedAt in whole milliseconds
 */
public record Scan(Status status, Optional<String> description, Instant requestedAt) {

  /** Those of ECR's ScanStatus that a scan of the guide's kind goes through. */
  public enum Status {
    IN_PROGRESS,
    COMPLETE,
    FAILED
  }

  private static final Set<String> CONFIGS =
      Set.of(MediaTypes.OCI_CONFIG, MediaTypes.DOCKER_CONFIG);

  /** A scan that ends as it begins. */
  public static Scan withoutScanner(Instant requestedAt) {
    return new Scan(
        Status.FAILED,
        Optional.of("This deployment of the registry has no image scanner."),
        requestedAt);
  }

  /** What there is to tell of it when it has ended; empty before. */
  Optional<Change> told(Digest image, List<Tag> tags) {
    return status == Status.IN_PROGRESS
        ? Optional.empty()
        : Optional.of(new Change.Scanned(image, status.name(), tags));
  }

  /**
   * Whether such a manifest is a container image: neither an index nor another artifact has
   * packages to look at.
   */
  public static boolean isPossible(String mediaType, Optional<String> artifactType) {
    return MediaTypes.IMAGES.contains(mediaType)
        && artifactType.filter(CONFIGS::contains).isPresent();
  }
}
