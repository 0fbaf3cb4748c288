package dev.berth.core.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.oci.ManifestException;
import dev.berth.core.oci.ManifestJson;
import dev.berth.core.oci.ManifestReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The configuration of an image (OCI image specification, "Image Configuration"), as far as schema
 * 1 needs to know it. Nothing of it was checked when it was pushed.
 *
 * @param json as it was pushed
 * @param history one step a layer and one for each that made none, the oldest first
 * @param layers how many layers the image has
 */
record ImageConfig(ObjectNode tree, String json, List<Step> history, int layers) {

  /** Steps beyond these are no image's that a client of schema 1 can take. */
  private static final int MOST_STEPS = ManifestReader.MAX_DESCRIPTORS;

  /** What Go's encoder writes for a time that was not set. */
  private static final String NO_TIME = "0001-01-01T00:00:00Z";

  /**
   * How a layer, or none, came to be.
   *
   * @param created a time of RFC 3339
   * @param empty whether it made no layer
   */
  record Step(String created, String createdBy, String author, String comment, boolean empty) {

    private static final Step UNKNOWN = new Step(NO_TIME, "", "", "", false);

    static Step of(JsonNode step) {
      return new Step(
          time(step),
          text(step, "created_by"),
          text(step, "author"),
          text(step, "comment"),
          step.path("empty_layer").asBoolean());
    }
  }

  /** Empty for bytes that are no configuration, or whose history does not fit their layers. */
  static Optional<ImageConfig> read(byte[] bytes) {
    try {
      return read(ManifestJson.read(bytes), new String(bytes, StandardCharsets.UTF_8));
    } catch (ManifestException notJson) {
      return Optional.empty();
    }
  }

  private static Optional<ImageConfig> read(ObjectNode tree, String json) {
    if (!(tree.path("rootfs").path("diff_ids") instanceof ArrayNode layers)) {
      return Optional.empty();
    }
    List<Step> history = history(tree, layers.size());
    long withLayer = history.stream().filter(step -> !step.empty()).count();
    return withLayer == layers.size() && !history.isEmpty() && history.size() <= MOST_STEPS
        ? Optional.of(new ImageConfig(tree, json, history, layers.size()))
        : Optional.empty();
  }

  /** A history is optional: without one, of each layer no more is known than that it is there. */
  private static List<Step> history(ObjectNode tree, int layers) {
    return tree.path("history") instanceof ArrayNode steps && !steps.isEmpty()
        ? StreamSupport.stream(steps.spliterator(), false).map(Step::of).toList()
        : new ArrayList<>(Collections.nCopies(layers, Step.UNKNOWN));
  }

  String architecture() {
    return text(tree, "architecture");
  }

  /** When the image was made, in RFC 3339. */
  String created() {
    return time(tree);
  }

  private static String time(JsonNode node) {
    String text = text(node, "created");
    try {
      OffsetDateTime.parse(text);
      return text;
    } catch (DateTimeException e) {
      return NO_TIME;
    }
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).isTextual() ? node.path(name).textValue() : "";
  }
}
