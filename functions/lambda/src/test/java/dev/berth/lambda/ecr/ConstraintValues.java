package dev.berth.lambda.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Values of a shape that just meet, or just do not meet, one of its constraints each. */
final class ConstraintValues {

  /**
   * @param at the member within the value that is meant; empty for the value itself
   * @param constraint which one, for messages
   */
  record Value(String at, String constraint, JsonNode value) {}

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final WireModel model;
  private final ModelSamples samples;
  private final String shapeName;
  private final JsonNode shape;

  ConstraintValues(WireModel model, String shapeName) {
    this.model = model;
    this.samples = new ModelSamples(model);
    this.shapeName = shapeName;
    this.shape = model.shape(shapeName);
  }

  List<Value> outside() {
    List<Value> values = new ArrayList<>();
    long min = shape.path("min").asLong(0);
    if (shape.has("min") && (isNumber() || min > 0)) {
      values.add(value("min " + min, sized(min - 1)));
    }
    if (shape.has("max")) {
      values.add(value("max " + shape.path("max"), sized(shape.path("max").asLong() + 1)));
    }
    if (shape.has("pattern")) {
      values.add(value("pattern " + shape.path("pattern").asText(), mismatch()));
    }
    if (shape.has("enum")) {
      values.add(value("enum " + shape.path("enum"), NODES.textNode("NONE_OF_THEM")));
    }
    for (String member : model.required(shapeName)) {
      ObjectNode without = samples.structure(shapeName);
      without.remove(member);
      values.add(new Value("." + member, "is required", without));
    }
    return values;
  }

  List<Value> within() {
    List<Value> values = new ArrayList<>();
    for (String bound : List.of("min", "max")) {
      if (shape.has(bound) && isWhole(bound)) {
        values.add(value(bound + " " + shape.path(bound), sized(shape.path(bound).asLong())));
      }
    }
    for (String constant : WireModel.texts(shape.path("enum"))) {
      values.add(value("enum " + constant, NODES.textNode(constant)));
    }
    return values;
  }

  private static Value value(String constraint, JsonNode value) {
    return new Value("", constraint, value);
  }

  /** Whether a value at the bound of a shape of text matches its pattern too. */
  private boolean isWhole(String bound) {
    return !shape.has("pattern")
        || sized(shape.path(bound).asLong()).asText().matches(shape.path("pattern").asText());
  }

  private boolean isNumber() {
    return Stream.of("integer", "long").anyMatch(shape.path("type").asText()::equals);
  }

  private JsonNode sized(long size) {
    return switch (shape.path("type").asText()) {
      case "integer", "long" -> NODES.numberNode(size);
      case "list" -> samples.list(shapeName, (int) size);
      case "blob" -> NODES.textNode(Base64.getEncoder().encodeToString(new byte[(int) size]));
      case "string" -> NODES.textNode("a".repeat((int) size));
      case String other -> throw new AssertionError("no size of a " + other);
    };
  }

  private JsonNode mismatch() {
    String pattern = shape.path("pattern").asText();
    String sample = samples.value(shapeName).asText();
    return Stream.of(sample + "!", "!" + sample, sample + "\n")
        .filter(text -> !text.matches(pattern))
        .findFirst()
        .map(NODES::textNode)
        .orElseThrow();
  }
}
