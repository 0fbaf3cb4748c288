package dev.berth.lambda.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Values that meet the constraints of the model's shapes. */
record ModelSamples(WireModel model) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of a shape of text whose pattern or length not every text meets. */
  private static final Map<String, String> TEXTS =
      Map.of(
          "RepositoryName",
          "app",
          "RegistryId",
          SdkRegistry.ACCOUNT,
          "Region",
          "us-west-2",
          "RepositoryFilterValue",
          "app",
          "UploadId",
          "00000000-0000-4000-8000-000000000000",
          "LayerDigest",
          SdkRegistry.MISSING,
          "ImageDigest",
          SdkRegistry.MISSING,
          "LifecyclePolicyText",
          "{}" + " ".repeat(98),
          // the one that may come with a key
          "EncryptionType",
          "KMS",
          "Arn",
          "arn:aws:ecr:us-east-1:" + SdkRegistry.ACCOUNT + ":repository/app");

  /** What a structure requires, and no more. */
  ObjectNode structure(String shapeName) {
    ObjectNode sample = JSON.createObjectNode();
    for (String member : model.required(shapeName)) {
      sample.set(member, value(model.memberShape(shapeName, member)));
    }
    return sample;
  }

  JsonNode value(String shapeName) {
    JsonNode shape = model.shape(shapeName);
    return switch (shape.path("type").asText()) {
      case "structure" -> structure(shapeName);
      case "list" -> list(shapeName, Math.max(1, shape.path("min").asInt()));
      case "integer", "long" -> JSON.getNodeFactory().numberNode(shape.path("min").asLong(1));
      case "boolean" -> JSON.getNodeFactory().booleanNode(true);
      case "blob" -> JSON.getNodeFactory().textNode("AA==");
      case "string" -> JSON.getNodeFactory().textNode(text(shapeName, shape));
      case String other -> throw new AssertionError("no sample of " + shapeName + ": " + other);
    };
  }

  /** So many elements, all alike. */
  ArrayNode list(String shapeName, int size) {
    ArrayNode list = JSON.createArrayNode();
    for (int i = 0; i < size; i++) {
      list.add(value(model.elementShape(shapeName)));
    }
    return list;
  }

  private static String text(String shapeName, JsonNode shape) {
    return TEXTS.getOrDefault(
        shapeName, shape.has("enum") ? shape.path("enum").path(0).asText() : "a");
  }
}
