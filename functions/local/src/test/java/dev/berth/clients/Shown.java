package dev.berth.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** An output that the guide shows, which a real one has to contain. */
record Shown(JsonNode output) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Members whose values are another account's, image's or day's. */
  private static final Set<String> OTHERS =
      Set.of("registryId", "imageDigest", "imageSizeInBytes", "imagePushedAt");

  static Shown text(String json) {
    try {
      return new Shown(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** That every member is there as the guide shows it; there may be more, as today in ECR. */
  void assertIn(JsonNode actual) {
    assertContains(output, actual, "");
  }

  private static void assertContains(JsonNode shown, JsonNode actual, String member) {
    assertThat(actual).as("member '%s'", member).isNotNull();
    assertThat(actual.getNodeType()).as(member).isEqualTo(shown.getNodeType());
    if (shown.isObject()) {
      for (Map.Entry<String, JsonNode> entry : shown.properties()) {
        assertContains(entry.getValue(), actual.get(entry.getKey()), entry.getKey());
      }
    } else if (shown.isArray() && shown.path(0).isObject()) {
      assertThat(actual).as(member).hasSameSizeAs(shown);
      for (int i = 0; i < shown.size(); i++) {
        assertContains(shown.get(i), actual.get(i), member);
      }
    } else if (shown.isArray()) {
      assertThat(elements(actual)).as(member).isEqualTo(elements(shown));
    } else if (!OTHERS.contains(member)) {
      assertThat(actual).as(member).isEqualTo(shown);
    }
  }

  private static Set<JsonNode> elements(JsonNode array) {
    return new HashSet<>(StreamSupport.stream(array.spliterator(), false).toList());
  }
}
