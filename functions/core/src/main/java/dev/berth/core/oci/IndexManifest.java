package dev.berth.core.oci;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An OCI index or a Docker manifest list.
 *
 * @param manifests with at most {@link #MAX_CHILDREN} distinct digests
 */
public record IndexManifest(
    String mediaType,
    List<Descriptor> manifests,
    Optional<Descriptor> subject,
    Optional<String> artifactType,
    Map<String, String> annotations)
    implements Manifest {

  /** So many that an index and a count for each of its children fit in one table transaction. */
  public static final int MAX_CHILDREN = 85;

  @Override
  public List<Digest> blobs() {
    return List.of();
  }

  @Override
  public List<Digest> children() {
    return manifests.stream().map(Descriptor::digest).distinct().toList();
  }
}
