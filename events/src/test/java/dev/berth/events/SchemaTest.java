package dev.berth.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schemas describe what is written, all of it and nothing else. */
class SchemaTest {

  @ParameterizedTest
  @CsvSource({
    "image-push.json, image-action.schema.json",
    "image-delete.json, image-action.schema.json",
    "image-pull.json, image-pull.schema.json",
    "image-scan.json, image-scan.schema.json",
    "replication.json, replication-action.schema.json"
  })
  void aGoldenEventFitsItsSchema(String event, String schema) {
    assertFits(Resources.json(event), Resources.json(schema));
  }

  private static void assertFits(JsonNode value, JsonNode schema) {
    switch (schema.get("type").textValue()) {
      case "object" -> assertMembersFit(value, schema);
      case "array" -> {
        assertThat(value.isArray()).as("array: %s", value).isTrue();
        value.forEach(element -> assertFits(element, schema.get("items")));
      }
      case "integer" -> assertThat(value.isIntegralNumber()).as("integer: %s", value).isTrue();
      default -> assertTextFits(value, schema);
    }
  }

  private static void assertMembersFit(JsonNode value, JsonNode schema) {
    schema.path("required").forEach(name -> assertThat(value.has(name.textValue())).isTrue());
    value
        .properties()
        .forEach(
            member -> {
              JsonNode own = schema.path("properties").path(member.getKey());
              JsonNode any = schema.path("additionalProperties");
              assertThat(own.isObject() || any.isObject()).as(member.getKey()).isTrue();
              assertFits(member.getValue(), own.isObject() ? own : any);
            });
  }

  private static void assertTextFits(JsonNode value, JsonNode schema) {
    assertThat(value.isTextual()).as("string: %s", value).isTrue();
    if (schema.has("enum")) {
      assertThat(schema.get("enum")).contains(value);
    }
    if (schema.has("pattern")) {
      assertThat(value.textValue()).matches(schema.get("pattern").textValue());
    }
  }
}
