package dev.berth.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.berth.core.oci.Digest;
import java.util.List;

/** An image whose config and layers are random bytes: enough for a registry, not for an engine. */
record RandomImage(String repository, String tag, RandomBlob config, List<RandomBlob> layers) {

  RandomImage {
    layers = List.copyOf(layers);
  }

  byte[] manifest() {
    String config = descriptor("application/vnd.oci.image.config.v1+json", this.config);
    String layers =
        this.layers.stream()
            .map(layer -> descriptor("application/vnd.oci.image.layer.v1.tar", layer))
            .collect(joining(","));
    return """
    {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}\
    """
        .formatted(RawClient.OCI_MANIFEST, config, layers)
        .getBytes(UTF_8);
  }

  Digest digest() {
    return Digest.sha256(manifest());
  }

  private static String descriptor(String mediaType, RandomBlob blob) {
    return """
    {"mediaType":"%s","digest":"%s","size":%d}\
    """
        .formatted(mediaType, blob.digest(), blob.size());
  }

  @Override
  public String toString() {
    return repository + ":" + tag;
  }
}
