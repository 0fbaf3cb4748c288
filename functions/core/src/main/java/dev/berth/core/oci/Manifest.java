package dev.berth.core.oci;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A manifest as a registry sees it: what it names, and what is said of it in lists. */
public sealed interface Manifest permits ImageManifest, IndexManifest, Schema1Manifest {

  /** One of {@link MediaTypes#IMAGES}, {@link MediaTypes#INDEXES} or {@link MediaTypes#SCHEMA1}. */
  String mediaType();

  /**
   * The bytes that the manifest's digest is of: all that were sent, but for a signed manifest of
   * schema 1.
   *
   * @param sent what the manifest was read from
   */
  default byte[] digested(byte[] sent) {
    return sent;
  }

  /** Distinct digests of the config and the layers that the repository must hold. */
  List<Digest> blobs();

  /** Distinct digests of the manifests that the repository must hold. */
  List<Digest> children();

  /** The manifest that this one refers to; it need not exist. */
  Optional<Descriptor> subject();

  /**
   * What the referrers list says of this manifest (OCI distribution specification 1.1, "Listing
   * Referrers"): its artifactType, and for an image without one the media type of its config.
   */
  Optional<String> artifactType();

  Map<String, String> annotations();
}
