package dev.berth.core.lifecycle;

import static dev.berth.core.lifecycle.Policies.NOW;
import static dev.berth.core.lifecycle.Policies.any;
import static dev.berth.core.lifecycle.Policies.image;
import static dev.berth.core.lifecycle.Policies.moreThan;
import static dev.berth.core.lifecycle.Policies.policy;
import static dev.berth.core.lifecycle.Policies.prefixes;
import static dev.berth.core.lifecycle.Policies.pushed;
import static dev.berth.core.lifecycle.Policies.untagged;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The worked examples of the guide, "Examples of lifecycle policies". */
class GuideExamplesTest {

  private static final List<LifecycleImage> BETA_AND_PROD =
      List.of(
          image("A", 10, "beta-1", "prod-1"),
          image("B", 9, "beta-2", "prod-2"),
          image("C", 8, "beta-3"));

  @Test
  void filteringOnImageAge() {
    var repository =
        List.of(image("old", 15), image("young", 13), image("old but tagged", 20, "v1"));
    assertThat(expired(policy(untagged(pushed(14))), repository)).isEqualTo(Map.of("old", 1));
  }

  @Test
  void filteringOnImageCount() {
    var repository = List.of(image("A", 3), image("B", 2), image("C", 1), image("D", 4, "v1"));
    assertThat(expired(policy(untagged(moreThan(1))), repository))
        .isEqualTo(Map.of("A", 1, "B", 1));
  }

  @Test
  void filteringOnMultipleRulesExampleA() {
    var policy = policy(prefixes(moreThan(1), "prod"), prefixes(moreThan(1), "beta"));
    assertThat(expired(policy, BETA_AND_PROD)).isEqualTo(Map.of("A", 1));
  }

  @Test
  void filteringOnMultipleRulesExampleB() {
    var policy = policy(prefixes(moreThan(1), "beta"), prefixes(moreThan(1), "prod"));
    assertThat(expired(policy, BETA_AND_PROD)).isEqualTo(Map.of("A", 1, "B", 1));
  }

  @Test
  void filteringOnMultipleTagsInASingleRuleExampleA() {
    var repository =
        List.of(
            image("A", 12, "alpha-1"),
            image("B", 11, "beta-1"),
            image("C", 10, "alpha-2", "beta-2"),
            image("D", 4, "alpha-3"),
            image("E", 3, "beta-3"),
            image("F", 2, "alpha-4", "beta-4"));
    assertThat(expired(policy(prefixes(pushed(5), "alpha", "beta")), repository))
        .isEqualTo(Map.of("C", 1));
  }

  @Test
  void filteringOnMultipleTagsInASingleRuleExampleB() {
    var repository =
        List.of(
            image("A", 10, "alpha-1", "beta-1", "gamma-1"),
            image("B", 9, "alpha-2", "beta-2"),
            image("C", 8, "alpha-3", "beta-3", "gamma-2"));
    assertThat(expired(policy(prefixes(moreThan(1), "alpha", "beta")), repository))
        .isEqualTo(Map.of("A", 1, "B", 1));
  }

  @Test
  void filteringOnAllImagesExampleA() {
    var repository =
        List.of(
            image("A", 4, "alpha-1"),
            image("B", 3, "beta-1"),
            image("C", 2),
            image("D", 1, "alpha-2"));
    assertThat(expired(policy(any(moreThan(1))), repository))
        .isEqualTo(Map.of("A", 1, "B", 1, "C", 1));
  }

  @Test
  void filteringOnAllImagesExampleB() {
    var repository =
        List.of(
            image("A", 4, "alpha-1", "beta-1"),
            image("B", 3),
            image("C", 2, "alpha-2"),
            image("D", Duration.ofHours(25), "git hash"),
            image("E", 1));
    var policy = policy(prefixes(moreThan(1), "alpha"), untagged(pushed(1)), any(moreThan(1)));
    assertThat(expired(policy, repository)).isEqualTo(Map.of("A", 1, "B", 2, "D", 3));
  }

  /** The names of the images that expire, each with its rule's priority. */
  private static Map<String, Integer> expired(
      LifecyclePolicy policy, List<LifecycleImage> repository) {
    Map<String, String> names =
        List.of("A", "B", "C", "D", "E", "F", "old", "young", "old but tagged").stream()
            .collect(Collectors.toMap(name -> Policies.digest(name).toString(), name -> name));
    return LifecycleEvaluation.evaluate(policy, repository, NOW).stream()
        .collect(
            Collectors.toMap(
                expiration -> names.get(expiration.image().digest().toString()),
                Expiration::rulePriority));
  }
}
