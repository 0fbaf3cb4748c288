package dev.berth.lambda.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** Content to push. */
final class Samples {

  static final byte[] CONFIG = "{\"architecture\":\"amd64\"}".getBytes(UTF_8);

  private Samples() {}

  static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  static String image(byte[] config, byte[]... layers) {
    return image(config, Optional.empty(), "", layers);
  }

  /**
   * @param note tells one image from another
   */
  static String image(byte[] config, Optional<Digest> subject, String note, byte[]... layers) {
    String layersText =
        Arrays.stream(layers)
            .map(layer -> descriptor(MediaTypes.OCI_LAYER_GZIP, layer))
            .collect(Collectors.joining(",", "[", "]"));
    String subjectText =
        subject
            .map(
                digest ->
                    ",\"subject\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":2}"
                        .formatted(MediaTypes.OCI_IMAGE, digest))
            .orElse("");
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":%s%s,\"annotations\":{\"note\":\"%s\"}}"
        .formatted(
            MediaTypes.OCI_IMAGE,
            descriptor(MediaTypes.OCI_CONFIG, config),
            layersText,
            subjectText,
            note);
  }

  static String index(byte[]... manifests) {
    String children =
        Arrays.stream(manifests)
            .map(manifest -> descriptor(MediaTypes.OCI_IMAGE, manifest))
            .collect(Collectors.joining(",", "[", "]"));
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":%s}"
        .formatted(MediaTypes.OCI_INDEX, children);
  }

  private static String descriptor(String mediaType, byte[] content) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(mediaType, Digest.sha256(content), content.length);
  }
}
