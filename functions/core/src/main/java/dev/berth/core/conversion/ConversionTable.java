package dev.berth.core.conversion;

import dev.berth.core.oci.MediaTypes;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which manifests can be had in which other formats (guide, "Amazon ECR image manifest
 * conversion"). Indexes and manifest lists are not in the guide's table, and stay as they are.
 */
public final class ConversionTable {

  private ConversionTable() {}

  /** The formats, the one that says most of the image first. */
  public static List<String> targets(String stored) {
    return switch (stored) {
      case MediaTypes.OCI_IMAGE ->
          List.of(MediaTypes.DOCKER_IMAGE, MediaTypes.DOCKER_SCHEMA1_SIGNED);
      case MediaTypes.DOCKER_IMAGE ->
          List.of(MediaTypes.OCI_IMAGE, MediaTypes.DOCKER_SCHEMA1_SIGNED);
      default -> List.of();
    };
  }

  /**
   * Whether a client that accepts these media types understands a manifest of this one: ECR's API
   * names one type for manifests of schema 1, signed or not, and clients read both.
   */
  public static boolean isUnderstood(String mediaType, Predicate<String> accepted) {
    return MediaTypes.SCHEMA1.contains(mediaType)
        ? MediaTypes.SCHEMA1.stream().anyMatch(accepted)
        : accepted.test(mediaType);
  }
}
