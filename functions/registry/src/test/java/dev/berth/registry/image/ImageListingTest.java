package dev.berth.registry.image;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Reference.ByDigest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.LimitExceeded;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.store.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageListingTest {

  private final Registry registry = new Registry();

  @Test
  void pagesNameEveryImageOnceWithAllItsTags() {
    for (int i = 0; i < 25; i++) {
      String manifest = registry.image("image " + i);
      registry.push(manifest);
      for (int tag = 0; tag < i % 4; tag++) {
        registry.push(manifest, "tag-" + i + "-" + tag);
      }
    }
    List<TaggedImage> all = allPages(TagStatus.ANY, 4);
    assertThat(all).hasSize(25).doesNotHaveDuplicates();
    assertThat(all).allMatch(image -> image.tags().size() == image.image().tagCount());
    assertThat(all.stream().mapToInt(image -> image.tags().size()).sum())
        .isEqualTo(IntStream.range(0, 25).map(i -> i % 4).sum());
  }

  @Test
  void aListingCanBeOfTaggedOrOfUntaggedImages() {
    Digest untagged = registry.push(registry.image("one")).digest();
    Digest tagged = registry.push(registry.image("two"), "latest").digest();
    assertThat(digests(allPages(TagStatus.TAGGED, 1))).containsExactly(tagged);
    assertThat(digests(allPages(TagStatus.UNTAGGED, 1))).containsExactly(untagged);
  }

  @Test
  void tagsAreListedInTheOrderOfTheirBytes() {
    String manifest = registry.image("one");
    List.of("b", "B", "a", "_", "1").forEach(tag -> registry.push(manifest, tag));
    assertThat(tags(Optional.empty(), 10).entries())
        .extracting(Tag::value)
        .containsExactly("1", "B", "_", "a", "b");
    assertThat(tags(Optional.of("B"), 2).entries())
        .extracting(Tag::value)
        .containsExactly("_", "a");
    assertThat(tags(Optional.of("AA"), 1).entries()).extracting(Tag::value).containsExactly("B");
  }

  @Test
  void aPullIsRecordedOnceADay() {
    Digest digest = registry.push(registry.image("one")).digest();
    var reference = new ByDigest(digest);
    registry.images.pull(ACCOUNT, APP, reference);
    var first = registry.now;
    assertThat(lastPull(digest)).contains(first);
    registry.passes(Duration.ofHours(23));
    registry.images.pull(ACCOUNT, APP, reference);
    assertThat(lastPull(digest)).contains(first);
    registry.passes(Duration.ofHours(1));
    registry.images.pull(ACCOUNT, APP, reference);
    assertThat(lastPull(digest)).contains(registry.now);
  }

  @Test
  void aLookIsNoPull() {
    Digest digest = registry.push(registry.image("one")).digest();
    registry.images.look(ACCOUNT, APP, new ByDigest(digest));
    assertThat(lastPull(digest)).isEmpty();
  }

  @Test
  void referrersAreListedWithWhatTheirManifestsSay() {
    Digest subject = registry.push(registry.image("one"), "latest").digest();
    Digest signature =
        registry
            .push(
                registry.image(
                    "signature",
                    ",\"artifactType\":\"application/x-signature\",\"annotations\":{\"by\":\"me\"}"
                        + Registry.referringTo(subject)))
            .digest();
    registry.push(
        registry.image(
            "sbom", ",\"artifactType\":\"application/x-sbom\"" + Registry.referringTo(subject)));
    assertThat(referrers(subject, Optional.empty()).entries()).hasSize(2);
    var signatures = referrers(subject, Optional.of("application/x-signature")).entries();
    assertThat(signatures)
        .singleElement()
        .satisfies(
            referrer -> {
              assertThat(referrer.digest()).isEqualTo(signature);
              assertThat(referrer.annotations()).containsEntry("by", "me");
            });
    registry.deletion.delete(ACCOUNT, APP, signature);
    assertThat(referrers(subject, Optional.empty()).entries()).hasSize(1);
  }

  @Test
  void anImageCountsAgainstTheSizeOfAnAnswerAsOftenAsItIsNamed() {
    String annotation = ",\"annotations\":{\"text\":\"%s\"}".formatted("x".repeat(1_500_000));
    Digest digest = registry.push(registry.image("large", annotation)).digest();
    assertThat(registry.images.pull(ACCOUNT, APP, List.of(digest, digest)).manifests()).hasSize(1);
    assertThatThrownBy(() -> registry.images.pull(ACCOUNT, APP, List.of(digest, digest, digest)))
        .isInstanceOf(LimitExceeded.class);
  }

  @Test
  void aPageOfReferrersEndsWhereTheirManifestsGetTooLarge() {
    Digest subject = registry.push(registry.image("one")).digest();
    String annotation = ",\"annotations\":{\"text\":\"%s\"}".formatted("x".repeat(2_000_000));
    for (int i = 0; i < 3; i++) {
      registry.push(registry.image("large " + i, annotation + Registry.referringTo(subject)));
    }
    var first = referrers(subject, Optional.empty());
    assertThat(first.entries()).hasSize(2);
    var rest = registry.referrers.list(ACCOUNT, APP, subject, Optional.empty(), first.next(), 100);
    assertThat(rest.entries()).hasSize(1).doesNotContainAnyElementsOf(first.entries());
    assertThat(rest.next()).isEmpty();
  }

  @Test
  void aReferrerThatIsBeingDeletedIsNotListed() {
    Digest subject = registry.push(registry.image("one")).digest();
    String manifest = registry.image("signature", Registry.referringTo(subject));
    registry.breakOffDeletion(registry.push(manifest).digest());
    assertThat(referrers(subject, Optional.empty()).entries()).isEmpty();
  }

  @Test
  void aPageReadsFewMoreRowsThanItNames() {
    for (int i = 0; i < 30; i++) {
      registry.push(registry.image("image " + i), "tag" + i);
    }
    registry.table.takeRows();
    registry.listing.images(ACCOUNT, APP, TagStatus.ANY, Optional.empty(), 2);
    assertThat(registry.table.takeRows()).isLessThan(12);
    registry.listing.ids(ACCOUNT, APP, TagStatus.ANY, Optional.empty(), 2);
    assertThat(registry.table.takeRows()).isLessThan(12);
  }

  @Test
  void aListingThatLeavesMuchOutTakesFewCalls() {
    for (int i = 0; i < 100; i++) {
      registry.push(registry.image("image " + i), "tag" + i);
    }
    registry.table.takeCalls();
    registry.listing.images(ACCOUNT, APP, TagStatus.UNTAGGED, Optional.empty(), 1);
    assertThat(registry.table.takeCalls()).isLessThan(10);
  }

  @Test
  void aRepositoryThatDoesNotExistHasNoListing() {
    var missing = new RepositoryName("missing");
    assertThatThrownBy(() -> registry.listing.tags(ACCOUNT, missing, Optional.empty(), 10))
        .isInstanceOf(RepositoryNotFound.class);
  }

  private Optional<Instant> lastPull(Digest digest) {
    return registry.listing.find(ACCOUNT, APP, List.of(digest)).get(digest).image().lastPulledAt();
  }

  private Page<Referrers.Referrer> referrers(Digest subject, Optional<String> type) {
    return registry.referrers.list(ACCOUNT, APP, subject, type, Optional.empty(), 10);
  }

  private Page<Tag> tags(Optional<String> after, int limit) {
    return registry.listing.tags(ACCOUNT, APP, after, limit);
  }

  private List<TaggedImage> allPages(TagStatus status, int limit) {
    List<TaggedImage> all = new ArrayList<>();
    Optional<String> position = Optional.empty();
    do {
      var page = registry.listing.images(ACCOUNT, APP, status, position, limit);
      assertThat(page.entries().size()).isLessThanOrEqualTo(limit);
      all.addAll(page.entries());
      position = page.next();
    } while (position.isPresent());
    return all;
  }

  private static List<Digest> digests(List<TaggedImage> images) {
    return images.stream().map(image -> image.image().digest()).toList();
  }
}
