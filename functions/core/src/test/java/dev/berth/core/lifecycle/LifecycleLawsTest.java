package dev.berth.core.lifecycle;

import static dev.berth.core.lifecycle.Policies.NOW;
import static dev.berth.core.lifecycle.Policies.any;
import static dev.berth.core.lifecycle.Policies.digest;
import static dev.berth.core.lifecycle.Policies.moreThan;
import static dev.berth.core.lifecycle.Policies.pulled;
import static dev.berth.core.lifecycle.Policies.pushed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.lifecycle.Expiration.Reason.BeyondCount;
import dev.berth.core.lifecycle.Expiration.Reason.Follows;
import dev.berth.core.lifecycle.ExpirationFamilies.Member;
import dev.berth.core.oci.Digest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of the guide, "Lifecycle policy evaluation rules", for any policy and repository. */
class LifecycleLawsTest {

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void anImageExpiresByAtMostOneRule(
      @ForAll("policies") LifecyclePolicy policy,
      @ForAll("repositories") List<LifecycleImage> images) {
    assertThat(evaluate(policy, images))
        .extracting(Expiration::image)
        .doesNotHaveDuplicates()
        .isSubsetOf(images);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void theOrderOfTheImagesDoesNotMatter(
      @ForAll("policies") LifecyclePolicy policy,
      @ForAll("repositories") List<LifecycleImage> images,
      @ForAll Random random) {
    List<LifecycleImage> shuffled = new ArrayList<>(images);
    Collections.shuffle(shuffled, random);
    assertThat(evaluate(policy, shuffled)).isEqualTo(evaluate(policy, images));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void theRulesBeforeItDecideAsIfARuleWereNotThere(
      @ForAll("policies") LifecyclePolicy policy,
      @ForAll("repositories") List<LifecycleImage> images) {
    List<LifecycleRule> rules = policy.rules();
    LifecycleRule last = rules.getLast();
    var shorter = new LifecyclePolicy("", rules.subList(0, rules.size() - 1));

    List<Expiration> byTheOthers =
        evaluate(policy, images).stream()
            .filter(expiration -> expiration.rulePriority() != last.priority())
            .toList();

    assertThat(byTheOthers).isEqualTo(evaluate(shorter, images));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void anImageThatARuleSelectsExpiresByNoLaterOne(
      @ForAll("policies") LifecyclePolicy policy,
      @ForAll("repositories") List<LifecycleImage> images) {
    TagMatcher tags = new TagMatcher(Long.MAX_VALUE);
    for (Expiration expiration : evaluate(policy, images)) {
      if (!(expiration.reason() instanceof Follows)) {
        assertThat(
                policy.rules().stream()
                    .filter(r -> tags.selects(r.selection(), expiration.image())))
            .first()
            .extracting(LifecycleRule::priority)
            .isEqualTo(expiration.rulePriority());
      }
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whatHoldsAnImageNeverStaysBehindWithoutIt(
      @ForAll("policies") LifecyclePolicy policy,
      @ForAll("repositories") List<LifecycleImage> images) {
    Set<Digest> expired =
        evaluate(policy, images).stream()
            .map(expiration -> expiration.image().digest())
            .collect(Collectors.toSet());
    Map<Digest, LifecycleImage> byDigest =
        images.stream().collect(Collectors.toMap(LifecycleImage::digest, Function.identity()));
    for (LifecycleImage image : images) {
      if (!expired.contains(image.digest())) {
        assertThat(image.children()).noneMatch(expired::contains);
      }
      // a referrer that nothing else holds goes exactly when its subject does
      image
          .subject()
          .filter(byDigest::containsKey)
          .filter(subject -> images.stream().noneMatch(i -> i.children().contains(image.digest())))
          .ifPresent(
              subject ->
                  assertThat(expired.contains(image.digest()))
                      .isEqualTo(expired.contains(subject)));
    }
  }

  /** They leave the selection before anything is counted. */
  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void theRestIsDecidedAsIfChildrenAndReferrersWereNotThere(
      @ForAll("policies") LifecyclePolicy policy,
      @ForAll("repositories") List<LifecycleImage> images) {
    Set<Digest> there = images.stream().map(LifecycleImage::digest).collect(Collectors.toSet());
    Set<Digest> children =
        images.stream().flatMap(image -> image.children().stream()).collect(Collectors.toSet());
    List<LifecycleImage> rest =
        images.stream()
            .filter(image -> !children.contains(image.digest()))
            .filter(image -> image.subject().filter(there::contains).isEmpty())
            .toList();

    List<Expiration> forThemselves =
        evaluate(policy, images).stream()
            .filter(expiration -> !(expiration.reason() instanceof Follows))
            .toList();

    assertThat(forThemselves).isEqualTo(evaluate(policy, rest));
  }

  /** Whoever deletes in this order never meets an image that another one holds. */
  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void inFamiliesEachImageComesOnceAndBehindAllThatHoldIt(
      @ForAll("policies") LifecyclePolicy policy,
      @ForAll("repositories") List<LifecycleImage> images) {
    List<Expiration> expirations = evaluate(policy, images);
    Set<Digest> left = images.stream().map(LifecycleImage::digest).collect(Collectors.toSet());
    List<Expiration> ordered = new ArrayList<>();
    for (List<Member> family : ExpirationFamilies.of(expirations)) {
      assertThat(family).extracting(Member::wave).first().isEqualTo(0);
      for (Member member : family) {
        LifecycleImage image = member.expiration().image();
        assertThat(images)
            .filteredOn(other -> left.contains(other.digest()))
            .noneMatch(other -> other.children().contains(image.digest()));
        assertThat(image.subject().filter(left::contains)).isEmpty();
        left.remove(image.digest());
        ordered.add(member.expiration());
      }
    }
    assertThat(ordered).containsExactlyInAnyOrderElementsOf(expirations);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void ofACountTheYoungestStay(
      @ForAll("policies") LifecyclePolicy policy,
      @ForAll("repositories") List<LifecycleImage> images) {
    Map<Integer, ExpiryLimit> limits =
        policy.rules().stream()
            .collect(Collectors.toMap(LifecycleRule::priority, LifecycleRule::limit));
    for (Expiration expiration : evaluate(policy, images)) {
      if (expiration.reason() instanceof BeyondCount(int younger)) {
        assertThat(limits.get(expiration.rulePriority()))
            .isInstanceOfSatisfying(
                ExpiryLimit.ImageCount.class,
                count -> assertThat(younger).isGreaterThanOrEqualTo(count.most()));
      }
    }
  }

  private static List<Expiration> evaluate(LifecyclePolicy policy, List<LifecycleImage> images) {
    return LifecycleEvaluation.evaluate(policy, images, NOW);
  }

  /** Rules over two letters and both kinds of lists; at times one of untagged and one of any. */
  @Provide
  Arbitrary<LifecyclePolicy> policies() {
    Arbitrary<String> limits =
        Arbitraries.integers()
            .between(1, 6)
            .flatMap(n -> Arbitraries.of(moreThan(n), pushed(n), pulled(n)));
    Arbitrary<Set<String>> entries =
        Arbitraries.of("a", "b", "aa", "ab", "a*", "*b", "*a*").set().ofMinSize(1).ofMaxSize(2);
    Arbitrary<String> tagged =
        Combinators.combine(limits, entries)
            .as((limit, some) -> Policies.patterns(limit, some.toArray(String[]::new)));
    Arbitrary<List<String>> lists = tagged.list().ofMaxSize(3).uniqueElements(this::tagsOf);
    return Combinators.combine(lists, limits.map(Policies::untagged).optional(), limits)
        .as(
            (some, ofUntagged, ofAny) -> {
              List<String> selections = new ArrayList<>(some);
              ofUntagged.ifPresent(selections::add);
              selections.add(any(ofAny));
              return Policies.policy(selections.toArray(String[]::new));
            });
  }

  /** The tags of two rules must differ. */
  private Set<String> tagsOf(String selection) {
    String list = selection.substring(selection.indexOf('['), selection.indexOf(']'));
    return Set.of(list.replaceAll("[\\[\"]", "").split(","));
  }

  /** Images that name others before them, as children and subjects do by their digests. */
  @Provide
  Arbitrary<List<LifecycleImage>> repositories() {
    Arbitrary<List<String>> tags =
        Arbitraries.strings().withChars("ab").ofMinLength(1).ofMaxLength(3).list().ofMaxSize(2);
    Arbitrary<Integer> hours = Arbitraries.integers().between(0, 200);
    Arbitrary<List<Integer>> named = Arbitraries.integers().between(0, 11).list().ofMaxSize(2);
    Arbitrary<Optional<Integer>> subject = Arbitraries.integers().between(0, 11).optional(0.3);
    Arbitrary<Function<Integer, LifecycleImage>> images =
        Combinators.combine(tags, hours, hours.optional(), named, subject)
            .as(
                (texts, pushed, pulled, children, of) ->
                    number ->
                        new LifecycleImage(
                            name(number),
                            texts,
                            NOW.minus(Duration.ofHours(pushed)),
                            pulled.map(hour -> NOW.minus(Duration.ofHours(hour))),
                            children.stream()
                                .filter(child -> child < number)
                                .map(LifecycleLawsTest::name)
                                .toList(),
                            of.filter(i -> i < number).map(LifecycleLawsTest::name)));
    return images
        .list()
        .ofMaxSize(12)
        .map(
            made -> {
              List<LifecycleImage> repository = new ArrayList<>();
              made.forEach(image -> repository.add(image.apply(repository.size())));
              return repository;
            });
  }

  private static Digest name(int number) {
    return digest("image " + number);
  }
}
