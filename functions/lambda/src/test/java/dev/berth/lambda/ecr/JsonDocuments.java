package dev.berth.lambda.ecr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes documents that are the text of a member: manifests and policies. */
record JsonDocuments(RandomGenerator random) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The document with one value other or gone; any JSON where the text is no document. */
  String changed(String text) {
    JsonNode document;
    try {
      document = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return new RandomJson(random).any();
    }
    List<JsonNode> containers = new ArrayList<>();
    collect(document, containers);
    if (containers.isEmpty()) {
      return new RandomJson(random).any();
    }
    String marker = "changed" + random.nextLong();
    replace(containers.get(random.nextInt(containers.size())), marker);
    return document.toString().replace("\"" + marker + "\"", new RandomJson(random).any());
  }

  private static void collect(JsonNode node, List<JsonNode> into) {
    if (node.isContainerNode() && !node.isEmpty()) {
      into.add(node);
      node.forEach(inner -> collect(inner, into));
    }
  }

  private void replace(JsonNode container, String by) {
    int at = random.nextInt(container.size());
    boolean removes = random.nextInt(4) == 0;
    switch (container) {
      case ObjectNode object -> {
        String member = object.propertyStream().skip(at).findFirst().orElseThrow().getKey();
        if (removes) {
          object.remove(member);
        } else {
          object.put(member, by);
        }
      }
      case ArrayNode array -> {
        if (removes) {
          array.remove(at);
        } else {
          array.set(at, JSON.getNodeFactory().textNode(by));
        }
      }
      default -> throw new AssertionError(container);
    }
  }
}
