package dev.berth.core.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import dev.berth.core.text.StrictJson;

/** The JSON of policies: read strictly, and written as ECR writes it. */
final class PolicyJson {

  /** The values of a condition are six levels deep, and nothing is deeper. */
  private static final int DEEPEST = 8;

  private static final ObjectMapper MAPPER =
      StrictJson.mapper(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          // a number is written as it was read
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private PolicyJson() {}

  static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new PolicyException(
          "it is not valid JSON" + StrictJson.place(e).map(place -> " at " + place).orElse(""));
    }
  }

  /** Half a surrogate pair can be escaped in JSON, but neither stored nor answered in UTF-8. */
  private static String unicode(String json) {
    if (json.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw new PolicyException("it has an unpaired surrogate");
    }
    return json;
  }

  /**
   * Indented as ECR's own examples are (API model, example of GetRepositoryPolicy).
   *
   * @throws PolicyException for what is no text
   */
  static String write(JsonNode policy) {
    var printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    try {
      return unicode(MAPPER.writer(printer).writeValueAsString(policy));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write what was read", e);
    }
  }
}
