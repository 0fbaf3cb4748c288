package dev.berth.core.lifecycle;

import static dev.berth.core.lifecycle.Policies.any;
import static dev.berth.core.lifecycle.Policies.moreThan;
import static dev.berth.core.lifecycle.Policies.ofRules;
import static dev.berth.core.lifecycle.Policies.padded;
import static dev.berth.core.lifecycle.Policies.patterns;
import static dev.berth.core.lifecycle.Policies.prefixes;
import static dev.berth.core.lifecycle.Policies.pulled;
import static dev.berth.core.lifecycle.Policies.pushed;
import static dev.berth.core.lifecycle.Policies.rule;
import static dev.berth.core.lifecycle.Policies.text;
import static dev.berth.core.lifecycle.Policies.untagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.lifecycle.ExpiryLimit.ImageCount;
import dev.berth.core.lifecycle.ExpiryLimit.SincePulled;
import dev.berth.core.lifecycle.ExpiryLimit.SincePushed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifecyclePolicyTest {

  private static final String MISFIT =
      "instance failed to match exactly one schema (matched 0 out of 2)";

  @Test
  void thePolicyKeepsItsTextAndPutsItsRulesInOrder() {
    String text = ofRules(List.of(rule(20, any(pushed(14))), rule(3, untagged(moreThan(1)))));

    LifecyclePolicy policy = LifecyclePolicy.parse(text);

    assertThat(policy.text()).isEqualTo(text);
    assertThat(policy.rules())
        .containsExactly(
            new LifecycleRule(3, Optional.empty(), new TagSelection.Untagged(), new ImageCount(1)),
            new LifecycleRule(20, Optional.empty(), new TagSelection.Any(), new SincePushed(14)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rules\": [%s]}",
        "{\"rules\": [], \"x%s\": 1}",
        "{\"rules\": [{\"rulePriority\": 1, \"action\": {\"type\": \"expire\"}, \"selection\":"
            + " {\"tagStatus\": \"\\ude00\", \"countType\": 1, \"countNumber\": 1}}]}"
      })
  void whatIsQuotedInAMessageIsUnicode(String text) {
    String smileys = "\uD83D\uDE00".repeat(200);

    assertThatThrownBy(() -> LifecyclePolicy.parse(padded(text.formatted(smileys))))
        .isInstanceOf(LifecyclePolicyException.class)
        .message()
        .matches(message -> StandardCharsets.UTF_8.newEncoder().canEncode(message));
  }

  @Test
  void anImageMayExpireByItsLastPull() {
    assertThat(LifecyclePolicy.parse(text(any(pulled(90)))).rules())
        .extracting(LifecycleRule::limit)
        .containsExactly(new SincePulled(90));
  }

  @Test
  void aDescriptionIsAnyString() {
    String rule =
        rule(1, any(moreThan(1))).replaceFirst("\\{", "{\"description\": \"é \\\\u0041\",");

    assertThat(LifecyclePolicy.parse(padded("{\"rules\":[" + rule + "]}")).rules())
        .extracting(LifecycleRule::description)
        .containsExactly(Optional.of("é A"));
  }

  @Test
  void theLengthIsCountedInCharacters() {
    String shortest = padded("{\"rules\":[" + rule(1, any(moreThan(1))) + "]}");
    String longest = shortest + " ".repeat(LifecyclePolicy.LONGEST - shortest.length());

    assertThat(LifecyclePolicy.parse(longest).rules()).hasSize(1);
    assertRefused(longest + " ", "the text must have 100 to 30720 characters, but has 30721");
    assertRefused("{\"rules\":[]}", "the text must have 100 to 30720 characters, but has 12");
  }

  @Test
  void aPolicyHasUpToFiftyRules() {
    List<String> rules =
        IntStream.rangeClosed(1, 51)
            .mapToObj(i -> rule(i, prefixes(moreThan(i), "v" + i)))
            .toList();

    assertThat(LifecyclePolicy.parse(ofRules(rules.subList(0, 50))).rules()).hasSize(50);
    assertRefused(
        ofRules(rules),
        "array is too long: must have at most 50 elements but instance has 51 elements at /rules");
  }

  @Test
  void aPatternHasUpToFourWildcards() {
    assertThat(LifecyclePolicy.parse(text(patterns(moreThan(1), "*a*b*c*"))).rules()).hasSize(1);
    assertRefused(
        text(patterns(moreThan(1), "ok", "*a*b*c*d*")),
        "the pattern \"*a*b*c*d*\" has more than 4 wildcards (*) at"
            + " /rules/0/selection/tagPatternList");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no JSON",
        "[]",
        "\"rules\"",
        "{\"rules\":[]",
        "{\"rules\":[]} {}",
        "{\"rules\":[],\"rules\":[]}",
        "{\"rules\":[{\"rulePriority\":1,\"rulePriority\":1}]}",
        "{\"rules\":[[[[[[[[[[[1]]]]]]]]]]]}",
        "{'rules':[]}",
        "{\"rules\":[],}",
        "{\"rules\":NaN}",
      })
  void whatIsNotOneJsonObjectWithoutDoubtIsRefused(String text) {
    assertThatThrownBy(() -> LifecyclePolicy.parse(padded(text)))
        .isInstanceOf(LifecyclePolicyException.class)
        .hasMessageStartingWith("Could not map policyString into LifecyclePolicy. ");
  }

  @Test
  void aNumberOfManyDigitsIsRefused() {
    String text = rule(1, any(moreThan(1))).replace("1,", "1".repeat(100) + ",");
    assertRefused(
        ofRules(List.of(text)),
        "Could not map policyString into LifecyclePolicy. It is nested deeper than 10 levels, or a"
            + " number has more than 64 characters.");
  }

  static Stream<Arguments> misfits() {
    String good = rule(1, any(moreThan(1)));
    return Stream.of(
        Arguments.of("{}", "object has missing required properties ([\"rules\"])"),
        Arguments.of(
            "{\"rules\":[%s],\"Version\":1}".formatted(good),
            "object instance has properties which are not allowed by the schema: [\"Version\"]"),
        Arguments.of("{\"rules\":{}}", type("object", "array", "/rules")),
        Arguments.of(
            "{\"rules\":[]}",
            "array is too short: must have at least 1 elements but instance has 0 elements at"
                + " /rules"),
        Arguments.of("{\"rules\":[null]}", type("null", "object", "/rules/0")),
        Arguments.of(
            rules(good.replace("rulePriority", "priority")),
            "object has missing required properties ([\"rulePriority\"]) at /rules/0"),
        Arguments.of(
            rules(good.replaceFirst("\\{", "{\"enabled\": true,")),
            "object instance has properties which are not allowed by the schema: [\"enabled\"] at"
                + " /rules/0"),
        Arguments.of(
            rules(good.replaceFirst("\\{", "{\"description\": null,")),
            type("null", "string", "/rules/0/description")),
        Arguments.of(rules(rule(0, any(moreThan(1)))), minimum("0", "/rules/0/rulePriority")),
        Arguments.of(
            rules(good.replace("\"rulePriority\": 1", "\"rulePriority\": \"1\"")),
            type("string", "integer", "/rules/0/rulePriority")),
        Arguments.of(
            rules(good.replace("\"rulePriority\": 1", "\"rulePriority\": 1.0")),
            type("number", "integer", "/rules/0/rulePriority")),
        Arguments.of(
            rules(good.replace("\"rulePriority\": 1", "\"rulePriority\": 2147483648")),
            "numeric instance is greater than the required maximum (maximum: 2147483647, found:"
                + " 2147483648) at /rules/0/rulePriority"),
        Arguments.of(text(any(moreThan(0))), minimum("0", "/rules/0/selection/countNumber")),
        Arguments.of(
            text(any(moreThan(1)).replace(": 1", ": -99999999999")),
            minimum("-99999999999", "/rules/0/selection/countNumber")),
        Arguments.of(
            rules(good.replace("expire", "retain")),
            "instance value (\"retain\") not found in enum (possible values: [\"expire\"]) at"
                + " /rules/0/action/type"),
        Arguments.of(
            rules(good.replace("\"expire\"", "\"expire\", \"targetStorageClass\": null")),
            "object instance has properties which are not allowed by the schema:"
                + " [\"targetStorageClass\"] at /rules/0/action"),
        Arguments.of(
            text(any(moreThan(1)).replace("any", "ANY")),
            "instance value (\"ANY\") not found in enum (possible values:"
                + " [\"any\",\"tagged\",\"untagged\"]) at /rules/0/selection/tagStatus"),
        Arguments.of(
            text(any(pushed(1)).replace("days", "hours")),
            "instance value (\"hours\") not found in enum (possible values: [\"days\"]) at"
                + " /rules/0/selection/countUnit"),
        Arguments.of(text(any(moreThan(1)).replace("imageCountMoreThan", "size")), MISFIT),
        Arguments.of(text(any(moreThan(1)) + ",\"countUnit\": \"days\""), MISFIT),
        Arguments.of(text(any(pushed(1)).replace("\"countUnit\": \"days\",", "")), MISFIT),
        Arguments.of(
            text(any(moreThan(1)).replace("any", "tagged")),
            "Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED."),
        Arguments.of(
            text(prefixes(moreThan(1), "a") + ",\"tagPatternList\": [\"b\"]"),
            "Must specify either tagPrefixList or tagPatternList, not both. at"
                + " /rules/0/selection"),
        Arguments.of(
            text(prefixes(moreThan(1), "a").replace("\"tagged\"", "\"untagged\"")),
            "Must not specify tagPrefixList or tagPatternList when tagStatus is not TAGGED. at"
                + " /rules/0/selection"),
        Arguments.of(
            text(prefixes(moreThan(1), "a").replace("[\"a\"]", "[]")),
            "array is too short: must have at least 1 elements but instance has 0 elements at"
                + " /rules/0/selection/tagPrefixList"),
        Arguments.of(
            text(prefixes(moreThan(1), "a", "")),
            "string \"\" is too short (length: 0, required minimum: 1) at"
                + " /rules/0/selection/tagPrefixList/1"),
        Arguments.of(
            text(prefixes(moreThan(1), "a").replace("[\"a\"]", "[1]")),
            type("integer", "string", "/rules/0/selection/tagPrefixList/0")),
        Arguments.of(
            rules(good, good), "rulePriority must be unique, but more than one rule has 1"),
        Arguments.of(
            text(untagged(moreThan(1)), untagged(pushed(1))),
            "Only one rule can select Untagged images per storage class"),
        Arguments.of(
            text(any(moreThan(1)), untagged(pushed(1))),
            "Rule for tagStatus=ANY must have the lowest priority per storage class"),
        Arguments.of(
            text(any(moreThan(1)), any(pushed(1))),
            "Rule for tagStatus=ANY must have the lowest priority per storage class"),
        Arguments.of(
            text(prefixes(moreThan(1), "a", "b"), prefixes(pushed(1), "b", "a")),
            "The set of rules must contain a unique set of tag prefixes, but the rule with"
                + " rulePriority 2 has those of another one"));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void whatDoesNotFitIsNamed(String text, String message) {
    assertRefused(padded(text), message);
  }

  @Test
  void aMessageQuotesLittleOfALongText() {
    assertThatThrownBy(
            () -> LifecyclePolicy.parse(text(any(moreThan(1)).replace("any", "x".repeat(5000)))))
        .isInstanceOf(LifecyclePolicyException.class)
        .satisfies(refusal -> assertThat(refusal.getMessage().length()).isLessThan(500));
  }

  private static String rules(String... rules) {
    return ofRules(List.of(rules));
  }

  private static String type(String found, String allowed, String place) {
    return "instance type (%s) does not match any allowed primitive type (allowed: [\"%s\"]) at %s"
        .formatted(found, allowed, place);
  }

  private static String minimum(String found, String place) {
    return "numeric instance is lower than the required minimum (minimum: 1, found: %s) at %s"
        .formatted(found, place);
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> LifecyclePolicy.parse(text))
        .isInstanceOf(LifecyclePolicyException.class)
        .hasMessage(message);
  }
}
