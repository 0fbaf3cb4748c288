package dev.berth.core.oci;

import java.util.Locale;
import java.util.Set;

/**
 * The media types of manifests and of what they name: OCI image specification 1.1, "Media Types",
 * and Docker's "Image Manifest Version 2, Schema 2" and "Schema 1".
 */
public final class MediaTypes {

  public static final String OCI_IMAGE = "application/vnd.oci.image.manifest.v1+json";
  public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
  public static final String OCI_EMPTY = "application/vnd.oci.empty.v1+json";
  public static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";
  public static final String OCI_LAYER_GZIP = OCI_LAYER + "+gzip";
  public static final String OCI_LAYER_ZSTD = OCI_LAYER + "+zstd";
  public static final String OCI_NONDISTRIBUTABLE_LAYER =
      "application/vnd.oci.image.layer.nondistributable.v1.tar";
  public static final String OCI_NONDISTRIBUTABLE_LAYER_GZIP = OCI_NONDISTRIBUTABLE_LAYER + "+gzip";
  public static final String OCI_NONDISTRIBUTABLE_LAYER_ZSTD = OCI_NONDISTRIBUTABLE_LAYER + "+zstd";

  public static final String DOCKER_IMAGE = "application/vnd.docker.distribution.manifest.v2+json";
  public static final String DOCKER_LIST =
      "application/vnd.docker.distribution.manifest.list.v2+json";
  public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
  public static final String DOCKER_LAYER_TAR = "application/vnd.docker.image.rootfs.diff.tar";
  public static final String DOCKER_LAYER = DOCKER_LAYER_TAR + ".gzip";
  public static final String DOCKER_FOREIGN_LAYER =
      "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";

  public static final String DOCKER_SCHEMA1 =
      "application/vnd.docker.distribution.manifest.v1+json";
  public static final String DOCKER_SCHEMA1_SIGNED =
      "application/vnd.docker.distribution.manifest.v1+prettyjws";

  /** Manifests with a config and layers. */
  public static final Set<String> IMAGES = Set.of(OCI_IMAGE, DOCKER_IMAGE);

  /** Manifests that name other manifests. */
  public static final Set<String> INDEXES = Set.of(OCI_INDEX, DOCKER_LIST);

  /** Manifests of Docker before 1.10: without and with signatures. */
  public static final Set<String> SCHEMA1 = Set.of(DOCKER_SCHEMA1, DOCKER_SCHEMA1_SIGNED);

  /**
   * Layers that stay with their publisher: clients do not push them, so nobody can ask for them.
   */
  public static final Set<String> NEVER_PUSHED =
      Set.of(
          OCI_NONDISTRIBUTABLE_LAYER,
          OCI_NONDISTRIBUTABLE_LAYER_GZIP,
          OCI_NONDISTRIBUTABLE_LAYER_ZSTD,
          DOCKER_FOREIGN_LAYER);

  private MediaTypes() {}

  /**
   * The media type of a Content-Type header: without parameters, in lower case (RFC 9110, 8.3.1).
   */
  public static String ofContentType(String header) {
    int parameters = header.indexOf(';');
    String type = parameters < 0 ? header : header.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }
}
