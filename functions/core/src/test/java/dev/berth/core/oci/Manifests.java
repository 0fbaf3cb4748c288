package dev.berth.core.oci;

import java.nio.charset.StandardCharsets;

/** Manifests for tests, as JSON text. */
final class Manifests {

  static final Digest CONFIG = digest("config");
  static final Digest LAYER = digest("layer");
  static final Digest OTHER_LAYER = digest("other layer");
  static final Digest CHILD = digest("child");
  static final Digest SUBJECT = digest("subject");

  /** An OCI image that has every member that the reader knows. */
  static final String IMAGE =
      """
      {"schemaVersion": 2, "mediaType": "%s",
       "config": %s,
       "layers": [%s, %s],
       "subject": %s,
       "artifactType": "application/vnd.example.sbom",
       "annotations": {"org.example.b": "2", "org.example.a": "1"}}
      """
          .formatted(
              MediaTypes.OCI_IMAGE,
              descriptor(MediaTypes.OCI_CONFIG, CONFIG, 7),
              descriptor(MediaTypes.OCI_LAYER_GZIP, LAYER, 100),
              descriptor(MediaTypes.OCI_LAYER_ZSTD, OTHER_LAYER, 1000),
              descriptor(MediaTypes.OCI_IMAGE, SUBJECT, 500));

  private Manifests() {}

  static Digest digest(String content) {
    return Digest.sha256(content.getBytes(StandardCharsets.UTF_8));
  }

  static String descriptor(String mediaType, Digest digest, long size) {
    return """
    {"mediaType": "%s", "digest": "%s", "size": %d}\
    """
        .formatted(mediaType, digest, size);
  }

  /** An OCI image of these members beside schemaVersion. */
  static String image(String config, String layers) {
    return """
    {"schemaVersion": 2, "mediaType": "%s", "config": %s, "layers": %s}\
    """
        .formatted(MediaTypes.OCI_IMAGE, config, layers);
  }

  static String layer() {
    return descriptor(MediaTypes.OCI_LAYER_GZIP, LAYER, 100);
  }

  static String config() {
    return descriptor(MediaTypes.OCI_CONFIG, CONFIG, 7);
  }

  /** An OCI index of so many distinct images. */
  static String index(int children) {
    StringBuilder manifests = new StringBuilder();
    for (int i = 0; i < children; i++) {
      manifests
          .append(i == 0 ? "" : ",")
          .append(descriptor(MediaTypes.OCI_IMAGE, digest("child " + i), i));
    }
    return """
    {"schemaVersion": 2, "mediaType": "%s", "manifests": [%s]}\
    """
        .formatted(MediaTypes.OCI_INDEX, manifests);
  }
}
