package dev.berth.core.lifecycle;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.text.Excerpt;
import dev.berth.core.text.StrictJson;

/** Reads the JSON object that a policy text is. */
final class PolicyJson {

  /** A policy has 4: the list of rules, a rule, its selection, the list of prefixes. */
  private static final int DEEPEST = 10;

  private static final int LONGEST_NUMBER = 64;

  private static final ObjectReader READER =
      StrictJson.mapper(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .build())
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
    String what = Excerpt.of(e.getOriginalMessage());
    return StrictJson.place(e).map(place -> what + " in " + place).orElse(what);
  }

  private static LifecyclePolicyException refusal(String why) {
    return new LifecyclePolicyException(
        "Could not map policyString into LifecyclePolicy. " + why + ".");
  }
}
