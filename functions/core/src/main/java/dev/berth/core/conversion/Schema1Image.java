package dev.berth.core.conversion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.conversion.ImageConfig.Step;
import dev.berth.core.oci.Descriptor;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ImageManifest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An image in Docker's schema 1 (Docker, "Image Manifest V 2, Schema 1"), where every step of the
 * history is an image of its own with an id and a parent, and the topmost has the configuration.
 */
public final class Schema1Image {

  /** What a client of schema 1 can unpack, and the registry has. */
  private static final Set<String> LAYERS =
      Set.of(
          MediaTypes.DOCKER_LAYER,
          MediaTypes.DOCKER_LAYER_TAR,
          MediaTypes.OCI_LAYER,
          MediaTypes.OCI_LAYER_GZIP);

  private final ObjectNode manifest = JsonNodeFactory.instance.objectNode();
  private boolean hasEmptyLayer;

  private Schema1Image(RepositoryName name, Tag tag, ImageConfig config) {
    manifest.put("schemaVersion", 1);
    manifest.put("name", name.value());
    manifest.put("tag", tag.value());
    manifest.put("architecture", config.architecture());
  }

  /**
   * A manifest to be signed.
   *
   * @param payload its bytes without signatures, which its digest is of
   * @param created when the image was made, in RFC 3339
   * @param hasEmptyLayer whether it names {@link EmptyLayer}
   */
  public record Unsigned(byte[] payload, String created, boolean hasEmptyLayer) {}

  /** Whether an image may have a form in schema 1; its configuration says the rest. */
  public static boolean isConvertible(ImageManifest image) {
    return TwinFormats.isPlain(image)
        && image.layers().stream().map(Descriptor::mediaType).allMatch(LAYERS::contains);
  }

  /**
   * The image as the manifest of a tag; empty where its configuration does not fit it.
   *
   * @param image one that {@link #isConvertible}
   * @param config the bytes of its configuration
   */
  public static Optional<Unsigned> of(
      ImageManifest image, byte[] config, RepositoryName name, Tag tag) {
    return ImageConfig.read(config)
        .filter(read -> read.layers() == image.layers().size())
        .map(read -> new Schema1Image(name, tag, read).build(image, read));
  }

  private Unsigned build(ImageManifest image, ImageConfig config) {
    // the topmost comes first in a manifest, and the oldest in a history
    ArrayNode fsLayers = manifest.putArray("fsLayers");
    ArrayNode history = manifest.putArray("history");
    Iterator<Descriptor> layers = image.layers().iterator();
    List<Step> steps = config.history();
    String parent = "";
    for (Step step : steps) {
      Digest layer = step.empty() ? EmptyLayer.DIGEST : layers.next().digest();
      hasEmptyLayer |= step.empty();
      boolean topmost = fsLayers.size() == steps.size() - 1;
      String id = id(layer, parent, topmost ? " " + config.json() : "");
      ObjectNode entry = topmost ? top(config) : ancestor(step);
      relate(entry, id, parent, step);
      fsLayers.insertObject(0).put("blobSum", layer.toString());
      history.insertObject(0).put("v1Compatibility", entry.toString());
      parent = id;
    }
    byte[] payload = manifest.toString().getBytes(StandardCharsets.UTF_8);
    return new Unsigned(payload, config.created(), hasEmptyLayer);
  }

  /** As registries make them up: what it is of is the same wherever the image is the same. */
  private static String id(Digest layer, String parent, String config) {
    String of = layer.hex() + " " + parent + config;
    return Digest.sha256(of.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static void relate(ObjectNode entry, String id, String parent, Step step) {
    entry.put("id", id);
    if (!parent.isEmpty()) {
      entry.put("parent", parent);
    }
    if (step.empty()) {
      entry.put("throwaway", true);
    }
  }

  private static ObjectNode top(ImageConfig config) {
    ObjectNode entry = config.tree().deepCopy();
    return entry.without(List.of("rootfs", "history", "parent", "throwaway"));
  }

  private static ObjectNode ancestor(Step step) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("created", step.created());
    entry.putObject("container_config").putArray("Cmd").add(step.createdBy());
    putUnlessEmpty(entry, "author", step.author());
    putUnlessEmpty(entry, "comment", step.comment());
    return entry;
  }

  private static void putUnlessEmpty(ObjectNode entry, String name, String text) {
    if (!text.isEmpty()) {
      entry.put(name, text);
    }
  }
}
