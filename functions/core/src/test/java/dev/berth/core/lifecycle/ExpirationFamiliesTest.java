package dev.berth.core.lifecycle;

import static dev.berth.core.lifecycle.Policies.NOW;
import static dev.berth.core.lifecycle.Policies.any;
import static dev.berth.core.lifecycle.Policies.image;
import static dev.berth.core.lifecycle.Policies.index;
import static dev.berth.core.lifecycle.Policies.policy;
import static dev.berth.core.lifecycle.Policies.pushed;
import static dev.berth.core.lifecycle.Policies.referrer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.lifecycle.ExpirationFamilies.Member;
import dev.berth.core.oci.Digest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExpirationFamiliesTest {

  @Test
  void whatGoesWithAnImageIsBehindItInItsFamily() {
    var lone = image("lone", 9);
    var child = image("child", 8);
    var index = index(image("index", 7, "v1"), "child", "child");
    var signature = referrer(image("signature", 6), "index");

    assertThat(families(lone, child, index, signature))
        .containsExactlyInAnyOrder(List.of("lone 0"), List.of("index 0", "child 1", "signature 1"))
        .first()
        .isEqualTo(List.of("lone 0"));
  }

  @Test
  void anImageThatTwoHoldGoesWithTheLastOfThem() {
    var first = index(image("first", 9), "child", "inner");
    var second = index(image("second", 8), "child");
    var inner = index(image("inner", 10), "child");
    var child = image("child", 11);

    assertThat(families(first, second, inner, child))
        .containsExactly(List.of("first 0", "inner 1"), List.of("second 0", "child 2"));
  }

  private static List<List<String>> families(LifecycleImage... images) {
    var names =
        Stream.of("lone", "child", "index", "signature", "first", "second", "inner")
            .collect(Collectors.toMap(Policies::digest, name -> name));
    return ExpirationFamilies.of(
            LifecycleEvaluation.evaluate(policy(any(pushed(1))), List.of(images), NOW))
        .stream()
        .map(
            family -> family.stream().map(member -> named(member, names)).sorted(byWave()).toList())
        .toList();
  }

  private static Comparator<String> byWave() {
    return Comparator.<String, String>comparing(text -> text.substring(text.length() - 1))
        .thenComparing(text -> text);
  }

  private static String named(Member member, Map<Digest, String> names) {
    return names.get(member.expiration().image().digest()) + " " + member.wave();
  }
}
