package dev.berth.core.lifecycle;

import static dev.berth.core.lifecycle.Policies.NOW;
import static dev.berth.core.lifecycle.Policies.any;
import static dev.berth.core.lifecycle.Policies.digest;
import static dev.berth.core.lifecycle.Policies.image;
import static dev.berth.core.lifecycle.Policies.index;
import static dev.berth.core.lifecycle.Policies.moreThan;
import static dev.berth.core.lifecycle.Policies.patterns;
import static dev.berth.core.lifecycle.Policies.policy;
import static dev.berth.core.lifecycle.Policies.prefixes;
import static dev.berth.core.lifecycle.Policies.pulled;
import static dev.berth.core.lifecycle.Policies.pushed;
import static dev.berth.core.lifecycle.Policies.referrer;
import static dev.berth.core.lifecycle.Policies.untagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.lifecycle.Expiration.Reason.BeyondCount;
import dev.berth.core.lifecycle.Expiration.Reason.Follows;
import dev.berth.core.lifecycle.Expiration.Reason.PulledTooLongAgo;
import dev.berth.core.lifecycle.Expiration.Reason.PushedTooLongAgo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LifecycleEvaluationTest {

  @Test
  void anImageOfExactlyTheAgeIsNotOlder() {
    var exactly = image("exactly", 5);
    var older = image("older", Duration.ofDays(5).plusMillis(1));

    assertThat(evaluate(policy(any(pushed(5))), exactly, older))
        .containsExactly(new Expiration(older, 1, new PushedTooLongAgo()));
  }

  @Test
  void theOldestExpireFirstAndSayWhy() {
    var newest = image("newest", 1);
    var middle = image("middle", 2);
    var oldest = image("oldest", 3);

    assertThat(evaluate(policy(any(moreThan(1))), middle, newest, oldest))
        .containsExactly(
            new Expiration(oldest, 1, new BeyondCount(2)),
            new Expiration(middle, 1, new BeyondCount(1)));
  }

  @Test
  void anImageThatWasNeverPulledCountsFromItsPush() {
    var unused = image("unused", 40);
    var used = pulledAgo(image("used", 40), 10);
    var abandoned = pulledAgo(image("abandoned", 40), 31);
    var fresh = image("fresh", 10);

    assertThat(evaluate(policy(any(pulled(30))), unused, used, abandoned, fresh))
        .containsExactlyInAnyOrder(
            new Expiration(unused, 1, new PulledTooLongAgo()),
            new Expiration(abandoned, 1, new PulledTooLongAgo()));
  }

  @Test
  void eachPatternMayMatchAnotherTag() {
    var both = image("both", 9, "v1-arm64", "nightly");
    var one = image("one", 9, "v1-arm64");

    assertThat(evaluate(policy(patterns(pushed(1), "v*-arm64", "*night*")), both, one))
        .extracting(Expiration::image)
        .containsExactly(both);
  }

  @Test
  void anImageThatARuleKeepsIsOutOfReachForLaterRules() {
    var kept = image("kept", 100, "prod");

    assertThat(evaluate(policy(prefixes(moreThan(1), "prod"), any(pushed(1))), kept)).isEmpty();
  }

  @Test
  void theChildrenOfAnIndexAreNeitherCountedNorExpiredWhileItIsThere() {
    var index = index(image("index", 50, "v1"), "amd64", "arm64");
    var lone = image("lone", 60);
    var newer = image("newer", 55);

    assertThat(
            evaluate(
                policy(untagged(moreThan(1))),
                index,
                image("amd64", 51),
                image("arm64", 52),
                lone,
                newer))
        .containsExactly(new Expiration(lone, 1, new BeyondCount(1)));
  }

  @Test
  void theChildrenOfAnIndexGoWithItByTheSameRule() {
    var index = index(image("index", 50, "v1"), "amd64", "absent");
    var child = image("amd64", 51);

    assertThat(evaluate(policy(untagged(pushed(90)), any(pushed(30))), index, child))
        .containsExactly(
            new Expiration(child, 2, new Follows(index.digest())),
            new Expiration(index, 2, new PushedTooLongAgo()));
  }

  @Test
  void aChildWithATagOfItsOwnStaysWhenItsIndexGoes() {
    var index = index(image("index", 50, "v1"), "amd64");

    assertThat(evaluate(policy(any(pushed(30))), index, image("amd64", 51, "v1-amd64")))
        .extracting(Expiration::image)
        .containsExactly(index);
  }

  @Test
  void aChildOfTwoIndexesGoesWithTheLastOne() {
    var first = index(image("first", 50, "a"), "child");
    var second = index(image("second", 40, "b"), "child");
    var child = image("child", 60);
    var one = prefixes(pushed(30), "a");

    assertThat(evaluate(policy(one), first, second, child))
        .extracting(Expiration::image)
        .containsExactly(first);
    assertThat(evaluate(policy(one, prefixes(pushed(30), "b")), first, second, child))
        .contains(new Expiration(child, 2, new Follows(second.digest())));
  }

  @Test
  void referrersStayWithTheirSubjectAndGoWithItWhateverTheirTags() {
    var subject = image("subject", 50, "v1");
    var signature = referrer(image("signature", 49, "signed"), "subject");
    var ofSignature = referrer(image("of signature", 48), "signature");

    assertThat(evaluate(policy(prefixes(pushed(1), "signed")), subject, signature, ofSignature))
        .isEmpty();
    assertThat(evaluate(policy(prefixes(pushed(1), "v1")), subject, signature, ofSignature))
        .containsExactly(
            new Expiration(subject, 1, new PushedTooLongAgo()),
            new Expiration(signature, 1, new Follows(subject.digest())),
            new Expiration(ofSignature, 1, new Follows(signature.digest())));
  }

  @Test
  void aReferrerWhoseSubjectIsNotThereIsAnImageLikeOthers() {
    var orphan = referrer(image("orphan", 50), "absent");

    assertThat(evaluate(policy(untagged(pushed(1))), orphan))
        .containsExactly(new Expiration(orphan, 1, new PushedTooLongAgo()));
  }

  @Test
  void imagesThatHoldEachOtherStay() {
    var index = referrer(index(image("index", 50), "child"), "child");

    assertThat(evaluate(policy(untagged(pushed(1))), index, image("child", 50))).isEmpty();
  }

  @Test
  void anEvaluationOfTooManyComparisonsIsGivenUp() {
    var policy = policy(prefixes(pushed(1), "no"));
    var images = List.of(image("A", 2, "a", "b"), image("B", 2, "c"));

    assertThat(LifecycleEvaluation.evaluate(policy, images, NOW, new TagMatcher(3))).isEmpty();
    assertThatThrownBy(() -> LifecycleEvaluation.evaluate(policy, images, NOW, new TagMatcher(2)))
        .isInstanceOf(EvaluationTooLargeException.class)
        .hasMessage("more than 2 comparisons of tags with patterns");
  }

  /** Half of the rules match every image, so the work is that of the worst realistic policy. */
  @Test
  void tenThousandImagesAndFiftyRulesAreFarFromTheBound() {
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < 49; i++) {
      rules.add(patterns(moreThan(10), "*" + i % 10 + "*" + i));
    }
    rules.add(any(moreThan(100)));
    List<LifecycleImage> images = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      images.add(
          image("image " + i, Duration.ofMinutes(i), "v" + i, "sha-" + digest("tag" + i).hex()));
    }

    var policy = policy(rules.toArray(String[]::new));
    var expired = LifecycleEvaluation.evaluate(policy, images, NOW, new TagMatcher(1_000_000));

    assertThat(expired).hasSizeGreaterThan(9_000);
  }

  private static List<Expiration> evaluate(LifecyclePolicy policy, LifecycleImage... images) {
    return LifecycleEvaluation.evaluate(policy, List.of(images), NOW);
  }

  private static LifecycleImage pulledAgo(LifecycleImage image, int days) {
    return new LifecycleImage(
        image.digest(),
        image.tags(),
        image.pushedAt(),
        Optional.of(NOW.minus(Duration.ofDays(days))),
        image.children(),
        image.subject());
  }
}
