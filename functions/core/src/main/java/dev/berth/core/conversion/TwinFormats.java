package dev.berth.core.conversion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.oci.Descriptor;
import dev.berth.core.oci.ImageManifest;
import dev.berth.core.oci.MediaTypes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * OCI's image manifest and Docker's schema 2, which differ in media types (OCI image specification,
 * "Compatibility Matrix") and in what OCI has beyond: annotations, which a conversion drops, and
 * artifacts and zstd, which have no counterpart.
 */
public final class TwinFormats {

  private static final Map<String, String> TO_DOCKER =
      Map.of(
          MediaTypes.OCI_CONFIG, MediaTypes.DOCKER_CONFIG,
          MediaTypes.OCI_LAYER, MediaTypes.DOCKER_LAYER_TAR,
          MediaTypes.OCI_LAYER_GZIP, MediaTypes.DOCKER_LAYER,
          MediaTypes.OCI_NONDISTRIBUTABLE_LAYER_GZIP, MediaTypes.DOCKER_FOREIGN_LAYER);

  private static final Map<String, String> TO_OCI =
      TO_DOCKER.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  private TwinFormats() {}

  /**
   * The manifest in the other of the two formats; empty for what that cannot say.
   *
   * @param target the media type of the other format
   */
  public static Optional<byte[]> convert(ImageManifest image, String target) {
    Map<String, String> types = target.equals(MediaTypes.DOCKER_IMAGE) ? TO_DOCKER : TO_OCI;
    if (!isPlain(image) || !areMapped(image, types)) {
      return Optional.empty();
    }
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest.put("schemaVersion", 2);
    manifest.put("mediaType", target);
    manifest.set("config", descriptor(image.config(), types));
    ArrayNode layers = manifest.putArray("layers");
    image.layers().forEach(layer -> layers.add(descriptor(layer, types)));
    return Optional.of(manifest.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Whether this is an image and no artifact in the form of one. */
  static boolean isPlain(ImageManifest image) {
    String config = image.config().mediaType();
    return (config.equals(MediaTypes.OCI_CONFIG) || config.equals(MediaTypes.DOCKER_CONFIG))
        && image.artifactType().equals(Optional.of(config))
        && image.subject().isEmpty();
  }

  private static boolean areMapped(ImageManifest image, Map<String, String> types) {
    return Stream.concat(Stream.of(image.config()), image.layers().stream())
        .allMatch(descriptor -> types.containsKey(descriptor.mediaType()));
  }

  private static ObjectNode descriptor(Descriptor descriptor, Map<String, String> types) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("mediaType", types.get(descriptor.mediaType()));
    node.put("size", descriptor.size());
    node.put("digest", descriptor.digest().toString());
    if (!descriptor.urls().isEmpty()) {
      descriptor.urls().forEach(node.withArray("urls")::add);
    }
    return node;
  }
}
