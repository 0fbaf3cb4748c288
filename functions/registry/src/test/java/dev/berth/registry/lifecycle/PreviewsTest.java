package dev.berth.registry.lifecycle;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Reference.ByDigest;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.LifecyclePolicyNotFound;
import dev.berth.registry.RegistryException.LifecyclePolicyPreviewInProgress;
import dev.berth.registry.RegistryException.LifecyclePolicyPreviewNotFound;
import dev.berth.registry.encryption.KeyArn;
import dev.berth.registry.image.ImageInventory;
import dev.berth.registry.image.Registry;
import dev.berth.registry.lifecycle.Preview.Status;
import dev.berth.registry.lifecycle.Previews.View;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreviewsTest {

  private final Registry registry = new Registry();
  private final InterposedTable table = new InterposedTable(registry.table);
  private final LifecyclePolicies policies = new LifecyclePolicies(table);
  private final Previews previews = new Previews(table, registry.reader, policies, registry.clock);
  private final PreviewEvaluation evaluation =
      new PreviewEvaluation(table, new ImageInventory(table, registry.objects));

  /** A policy of one rule that keeps one image. */
  static LifecyclePolicy keepOne(String tagStatus) {
    return policy(
        "\"tagStatus\":\"%s\",\"countType\":\"imageCountMoreThan\",\"countNumber\":1"
            .formatted(tagStatus));
  }

  private static LifecyclePolicy policy(String selection) {
    return LifecyclePolicy.parse(
        "{\"rules\":[{\"rulePriority\":1,\"selection\":{%s},\"action\":{\"type\":\"expire\"}}]}"
            .formatted(selection));
  }

  @Test
  void aPreviewNamesWhatWouldExpireAndDeletesNothing() {
    Digest first = push("first", "a", "b");
    push("second");

    View view = completed(keepOne("any"));

    assertThat(view.status()).isEqualTo(Status.COMPLETE);
    assertThat(view.preview().expiring()).isEqualTo(1);
    assertThat(view.page().entries())
        .containsExactly(
            new ExpiringImage(
                first,
                List.of(new Tag("a"), new Tag("b")),
                registry.now.minus(Duration.ofHours(2)),
                1));
    assertThat(registry.imageCount()).isEqualTo(2);
  }

  @Test
  void aPreviewIsMadeWhileTheRepositorysKeyIsDisabled() {
    KeyArn key = registry.encryptApp();
    Digest child = push("child");
    registry.push(Registry.index(child));
    registry.keys.disable(key);

    View view = completed(keepOne("any"));

    assertThat(view.status()).isEqualTo(Status.COMPLETE);
    assertThat(view.page().entries()).isEmpty();
  }

  @Test
  void theRepositorysOwnPolicyIsTheDefault() {
    assertThatThrownBy(() -> previews.start(ACCOUNT, APP, Optional.empty()))
        .isInstanceOf(LifecyclePolicyNotFound.class);
    policies.put(ACCOUNT, APP, keepOne("untagged"));
    assertThat(previews.start(ACCOUNT, APP, Optional.empty()).policyText())
        .isEqualTo(keepOne("untagged").text());
  }

  @Test
  void withoutItsOwnTheRegistrysIsTheDefault() {
    new RegistryLifecyclePolicies(table).put(ACCOUNT, keepOne("any"));
    assertThat(previews.start(ACCOUNT, APP, Optional.empty()).policyText())
        .isEqualTo(keepOne("any").text());
  }

  @Test
  void anIndexItsChildrenAndItsReferrersGoTogether() {
    Digest child = push("child");
    Digest index = registry.push(Registry.index(child), "multi").digest();
    Digest signature =
        registry.push(registry.image("signature", Registry.referringTo(index))).digest();
    registry.passes(Duration.ofHours(1));
    Digest lone = push("lone");
    push("newest");

    assertThat(digests(completed(keepOne("untagged")))).containsExactly(lone);
    assertThat(digests(completed(keepOne("any"))))
        .containsExactlyInAnyOrder(child, index, signature, lone);
  }

  /** Of the pulls within a day after a recorded one nothing is known. */
  @Test
  void anImageMayHaveBeenPulledADayAfterItsRecordedPull() {
    Digest image = push("image");
    registry.images.pull(ACCOUNT, APP, new ByDigest(image));
    var unused =
        policy(
            "\"tagStatus\":\"any\",\"countType\":\"sinceImagePulled\",\"countUnit\":\"days\","
                + "\"countNumber\":30");

    registry.passes(Duration.ofDays(31));
    assertThat(digests(completed(unused))).isEmpty();
    registry.passes(Duration.ofSeconds(1));
    assertThat(digests(completed(unused))).containsExactly(image);
  }

  @Test
  void aSecondPreviewWaitsForTheFirst() {
    Preview first = start();
    assertThat(view().status()).isEqualTo(Status.IN_PROGRESS);
    assertThatThrownBy(this::start).isInstanceOf(LifecyclePolicyPreviewInProgress.class);
    evaluation.run(first);
    assertThat(start().run()).isNotEqualTo(first.run());
  }

  @Test
  void ofTwoThatStartAtOnceOneIsRefused() {
    table.before(Action.Put.class::isInstance, this::start);
    assertThatThrownBy(this::start).isInstanceOf(LifecyclePolicyPreviewInProgress.class);
  }

  @Test
  void aPreviewThatWasBrokenOffHasFailedAfterFiveMinutesAndIsFollowed() {
    push("first");
    push("second");
    Preview brokenOff = start();
    registry.passes(Duration.ofMinutes(5));
    assertThat(view().status()).isEqualTo(Status.IN_PROGRESS);
    registry.passes(Duration.ofMillis(1));
    assertThat(view().status()).isEqualTo(Status.FAILED);

    Preview next = start();
    evaluation.run(next);
    evaluation.run(brokenOff);

    assertThat(view().preview().run()).isEqualTo(next.run());
    assertThat(view().status()).isEqualTo(Status.COMPLETE);
    assertThat(view().page().entries()).hasSize(1);
  }

  @Test
  void aPreviewExpiresAfterADay() {
    push("first");
    push("second");
    completed(keepOne("any"));
    registry.passes(Duration.ofHours(24));
    assertThat(view().status()).isEqualTo(Status.COMPLETE);
    registry.passes(Duration.ofMillis(1));
    assertThat(view().status()).isEqualTo(Status.EXPIRED);
    assertThat(view().page().entries()).isEmpty();
  }

  @Test
  void aPreviewWhoseEvaluationFailsHasFailed() {
    push("first");
    push("second");
    Preview preview = start();
    table.before(
        Action.Check.class::isInstance,
        () -> {
          throw new IllegalStateException("the store is out of order");
        });
    evaluation.run(preview);
    assertThat(view().status()).isEqualTo(Status.FAILED);
    assertThat(view().page().entries()).isEmpty();
    start();
  }

  @Test
  void aNewPreviewRemovesTheResultsOfTheFormer() {
    push("first");
    push("second");
    completed(keepOne("any"));
    completed(keepOne("any"));
    assertThat(registry.table.all())
        .filteredOn(item -> item.key().partition().startsWith("V#"))
        .hasSize(2);
  }

  @Test
  void aPreviewGoesWithItsRepository() {
    push("first");
    push("second");
    completed(keepOne("any"));
    registry.repositories.delete(ACCOUNT, APP, true);
    registry.repositories.create(ACCOUNT, APP, Settings.defaults(), Map.of());
    assertThatThrownBy(() -> previews.require(ACCOUNT, APP))
        .isInstanceOf(LifecyclePolicyPreviewNotFound.class);
    registry.sweeper.run();
    assertThat(registry.table.all()).noneMatch(item -> item.key().partition().startsWith("V#"));
  }

  /** The table refuses items and transactions that are too large. */
  @Test
  void anyNumberOfResultsWithAnyNumberOfTagsIsKept() {
    Preview preview = start();
    List<Tag> tags =
        IntStream.range(0, ExpiringImage.MOST_TAGS)
            .mapToObj(i -> new Tag("%d%s".formatted(1000 + i, "x".repeat(124))))
            .toList();
    List<ExpiringImage> images =
        IntStream.range(0, 2_000)
            .mapToObj(i -> expiring(i, i % 100 == 7 ? tags : List.of()))
            .toList();
    var results = new PreviewResults(table);

    int parts = results.write(preview, images).orElseThrow();

    Preview complete = preview.completed(images.size(), parts);
    Optional<String> next = Optional.empty();
    List<ExpiringImage> read = new ArrayList<>();
    do {
      var page = results.page(complete, any -> true, next, 77).orElseThrow();
      read.addAll(page.entries());
      next = page.next();
    } while (next.isPresent());
    assertThat(read).isEqualTo(images);
  }

  @Test
  void resultsThatAnotherPreviewHasRemovedAreNotTakenForNone() {
    push("first");
    push("second");
    Preview former = completed(keepOne("any")).preview();
    completed(keepOne("any"));
    assertThat(previews.view(former, any -> true, Optional.empty(), 10)).isEmpty();

    Preview current = view().preview();
    table.transact(
        List.of(Action.delete(Keys.previewResults(current.repositoryId(), current.run(), 0))));
    assertThatThrownBy(() -> previews.view(current, any -> true, Optional.empty(), 10))
        .isInstanceOf(IllegalStateException.class);
  }

  private ExpiringImage expiring(int number, List<Tag> tags) {
    return new ExpiringImage(
        Digest.sha256(("image " + number).getBytes(UTF_8)), tags, registry.now, 1);
  }

  /** Each push is an hour after the former. */
  private Digest push(String content, String... tags) {
    String manifest = registry.image(content);
    Digest digest = registry.push(manifest).digest();
    List.of(tags).forEach(tag -> registry.push(manifest, tag));
    registry.passes(Duration.ofHours(1));
    return digest;
  }

  private Preview start() {
    return previews.start(ACCOUNT, APP, Optional.of(keepOne("any")));
  }

  private View completed(LifecyclePolicy policy) {
    evaluation.run(previews.start(ACCOUNT, APP, Optional.of(policy)));
    return view();
  }

  private View view() {
    Preview preview = previews.require(ACCOUNT, APP);
    return previews.view(preview, any -> true, Optional.empty(), 100).orElseThrow();
  }

  private static List<Digest> digests(View view) {
    return view.page().entries().stream().map(ExpiringImage::digest).toList();
  }
}
