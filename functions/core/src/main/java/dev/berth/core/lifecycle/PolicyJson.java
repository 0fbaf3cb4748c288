package dev.berth.core.lifecycle;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reads the JSON object that a policy text is. A name that occurs twice in an object is refused:
 * its author and we might read different policies in it.
 */
final class PolicyJson {

  /** A policy has 4: the list of rules, a rule, its selection, the list of prefixes. */
  private static final int DEEPEST = 10;

  private static final int LONGEST_NUMBER = 64;

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .build())
                  // a table of names seen before can be made to collide
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private PolicyJson() {}

  static ObjectNode read(String text) {
    if (parse(text) instanceof ObjectNode object) {
      return object;
    }
    throw refusal("It is not a JSON object");
  }

  private static JsonNode parse(String text) {
    try {
      return READER.readTree(text);
    } catch (StreamConstraintsException e) {
      throw refusal(
          "It is nested deeper than %d levels, or a number has more than %d characters"
              .formatted(DEEPEST, LONGEST_NUMBER));
    } catch (JacksonException e) {
      throw refusal(describe(e));
    }
  }

  private static String describe(JacksonException e) {
    String what = Quoted.cut(e.getOriginalMessage());
    return e.getLocation() == null
        ? what
        : "%s in line %d, column %d"
            .formatted(what, e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static LifecyclePolicyException refusal(String why) {
    return new LifecyclePolicyException(
        "Could not map policyString into LifecyclePolicy. " + why + ".");
  }
}
