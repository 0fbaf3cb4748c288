package dev.berth.registry.image;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.Reference.ByDigest;
import dev.berth.core.oci.Reference.ByTag;
import dev.berth.core.oci.Tag;
import dev.berth.core.quota.Quotas;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.RegistryException.ImageTagAlreadyExists;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.image.ImagePush.Push;
import dev.berth.registry.outbox.PullEvents;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.repository.Repository.TagMutability;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.LaggingTable;
import dev.berth.registry.store.Table;
import dev.berth.registry.work.Work.DeleteImage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageRacesTest {

  private final Registry registry = new Registry();
  private final InterposedTable raced = new InterposedTable(registry.table);
  private final RepositoryReader reader = new RepositoryReader(raced);
  private final ImageDeletion deletion =
      new ImageDeletion(raced, registry.objects, reader, registry.clock);
  private final TagDeletion tags = new TagDeletion(raced, reader, deletion);

  @Test
  void aStaleRecordOfADeletionLeavesAnImageThatWasPushedAnewAlone() {
    String manifest = registry.image("one");
    Digest digest = registry.push(manifest, "a").digest();
    DeleteImage work = work(digest);
    registry.deletion.delete(ACCOUNT, APP, digest);
    registry.push(manifest, "a");
    assertThat(registry.deletion.finish(work)).isEmpty();
    assertThat(look(new Tag("a"))).isEqualTo(digest);
    assertCountsAreExact();
  }

  @Test
  void whoeverFinishesADeletionLateLeavesTheObjectOfAnImageThatWasPushedAnewAlone() {
    registry.encryptApp();
    String manifest = registry.image("one");
    Digest digest = registry.push(manifest, "a").digest();
    registry.breakOffDeletion(digest);
    raced.before(
        action -> action instanceof Action.Delete delete && delete.key().sort().endsWith("#a"),
        () -> {
          registry.deletion.finish(work(digest));
          registry.passes(Duration.ofSeconds(1));
          registry.push(manifest, "a");
        });
    deletion.finish(work(digest));
    assertThat(look(new Tag("a"))).isEqualTo(digest);
  }

  @Test
  void whoeverFinishesADeletionLateLeavesTheTagsOfAnImageThatWasPushedAnewAlone() {
    String manifest = registry.image("one");
    Digest digest = registry.push(manifest, "a").digest();
    registry.breakOffDeletion(digest);
    raced.before(
        action -> action instanceof Action.Delete,
        () -> {
          registry.deletion.finish(work(digest));
          registry.passes(Duration.ofSeconds(1));
          registry.push(manifest, "a");
        });
    deletion.finish(work(digest));
    assertThat(look(new Tag("a"))).isEqualTo(digest);
    assertCountsAreExact();
  }

  @Test
  void whoeverFinishesADeletionLateLeavesTheNextOneOfTheSameInstantAlone() {
    String manifest = registry.image("one");
    Digest digest = registry.push(manifest).digest();
    registry.breakOffDeletion(digest);
    raced.before(
        action -> action instanceof Action.Delete,
        () -> {
          registry.deletion.finish(work(digest));
          registry.push(manifest, "a");
          registry.breakOffDeletion(digest);
        });
    deletion.finish(work(digest));
    registry.push(manifest, "a");
    assertThat(look(new Tag("a"))).isEqualTo(digest);
    assertCountsAreExact();
  }

  @Test
  void anImageThatGetsAnotherTagMeanwhileIsNotDeletedWithWhatWasItsLast() {
    String manifest = registry.image("one");
    Digest digest = registry.push(manifest, "a").digest();
    raced.before(action -> action instanceof Action.Update, () -> registry.push(manifest, "b"));
    tags.deleteByTag(ACCOUNT, APP, new Tag("a"));
    assertThat(look(new Tag("b"))).isEqualTo(digest);
    assertThatThrownBy(() -> look(new Tag("a"))).isInstanceOf(ImageNotFound.class);
    assertCountsAreExact();
  }

  @Test
  void anImageWhoseLastTagMovesAwayMeanwhileIsNotDeleted() {
    Digest digest = registry.push(registry.image("one"), "a").digest();
    String other = registry.image("two");
    raced.before(action -> action instanceof Action.Update, () -> registry.push(other, "a"));
    tags.deleteByTag(ACCOUNT, APP, new Tag("a"));
    assertThat(registry.images.look(ACCOUNT, APP, new ByDigest(digest)).digest()).isEqualTo(digest);
    assertCountsAreExact();
  }

  @Test
  void anImageThatLosesBothItsTagsAtOnceIsDeleted() {
    String manifest = registry.image("one");
    Digest digest = registry.push(manifest, "a").digest();
    registry.push(manifest, "b");
    raced.before(
        action -> action instanceof Action.Update,
        () -> registry.tags.deleteByTag(ACCOUNT, APP, new Tag("b")));
    tags.deleteByTag(ACCOUNT, APP, new Tag("a"));
    assertThat(registry.listing.find(ACCOUNT, APP, List.of(digest))).isEmpty();
    assertThat(registry.imageCount()).isZero();
  }

  @Test
  void theTagOfAnImageWhoseDeletionWasBrokenOffIsAbsentToItsDeletion() {
    Digest digest = registry.push(registry.image("one"), "a").digest();
    registry.breakOffDeletion(digest);
    assertThatThrownBy(() -> registry.tags.deleteByTag(ACCOUNT, APP, new Tag("a")))
        .isInstanceOf(ImageNotFound.class);
    assertThat(registry.imageCount()).isZero();
  }

  @Test
  void theImmutableTagOfAnImageWhoseDeletionWasBrokenOffIsFree() {
    registry.repositories.delete(ACCOUNT, APP, true);
    registry.repositories.create(
        ACCOUNT, APP, new Settings(TagMutability.IMMUTABLE, false, Encryption.AES256), Map.of());
    registry.breakOffDeletion(registry.push(registry.image("one"), "v1").digest());
    Digest fresh = registry.push(registry.image("two"), "v1").digest();
    assertThat(look(new Tag("v1"))).isEqualTo(fresh);
    assertCountsAreExact();
  }

  @Test
  void aTagThatIsMadeImmutableDuringAPushStays() {
    Digest first = registry.push(registry.image("one"), "v1").digest();
    String other = registry.image("two");
    byte[] bytes = other.getBytes(UTF_8);
    var push = new ImagePush(raced, registry.objects, reader, registry.clock, Quotas.standard());
    raced.before(
        action -> action instanceof Action.Put,
        () -> registry.repositories.setTagMutability(ACCOUNT, APP, TagMutability.IMMUTABLE));

    assertThatThrownBy(
            () ->
                push.push(
                    ACCOUNT,
                    APP,
                    new Push(
                        bytes,
                        ManifestReader.read(bytes, Optional.empty()),
                        Algorithm.SHA256,
                        Optional.of(new Tag("v1")))))
        .isInstanceOf(ImageTagAlreadyExists.class);

    assertThat(look(new Tag("v1"))).isEqualTo(first);
    assertCountsAreExact();
  }

  @Test
  void aTagIsReadAsItIsNowEvenWhereTheStoreLags() {
    registry.push(registry.image("one"), "latest");
    var lagging = new LaggingTable(registry.table);
    Digest second = registry.push(registry.image("two"), "latest").digest();
    assertThat(images(lagging).look(ACCOUNT, APP, new ByTag(new Tag("latest"))).digest())
        .isEqualTo(second);
  }

  @Test
  void aRepositoryThatWasMadeAnewShowsNothingOldEvenWhereTheStoreLags() {
    registry.push(registry.image("one"), "latest");
    var lagging = new LaggingTable(registry.table);
    var remembering = new RepositoryReader(lagging);
    remembering.require(ACCOUNT, APP);
    registry.repositories.delete(ACCOUNT, APP, true);
    registry.repositories.create(ACCOUNT, APP, Settings.defaults(), Map.of());
    var listing = new ImageListing(lagging, remembering);
    assertThat(listing.tags(ACCOUNT, APP, Optional.empty(), 10).entries()).isEmpty();
  }

  @Test
  void aManifestWhoseObjectIsDeletedUnderTheReaderIsAbsent() {
    String annotations = ",\"annotations\":{\"a\":\"%s\"}".formatted("x".repeat(400_000));
    String manifest = registry.image("large", annotations);
    Digest digest = registry.push(manifest).digest();
    registry.objects.keys().stream()
        .filter(key -> key.startsWith("manifests/"))
        .forEach(registry.objects::delete);
    assertThatThrownBy(() -> registry.images.pull(ACCOUNT, APP, new ByDigest(digest)))
        .isInstanceOf(ImageNotFound.class);
  }

  @Test
  void ofSeveralPullsAtOnceOneIsRecorded() {
    Digest digest = registry.push(registry.image("one")).digest();
    raced.before(
        action -> action instanceof Action.Update,
        () -> {
          registry.passes(Duration.ofSeconds(1));
          registry.images.pull(ACCOUNT, APP, new ByDigest(digest));
        });
    images(raced).pull(ACCOUNT, APP, List.of(digest));
    var image = registry.listing.find(ACCOUNT, APP, List.of(digest)).get(digest).image();
    assertThat(image.lastPulledAt()).contains(registry.now);
  }

  private ImageReader images(Table table) {
    return new ImageReader(
        table,
        registry.objects,
        new RepositoryReader(table),
        registry.conversions(table),
        PullEvents.none(),
        registry.clock);
  }

  private Digest look(Tag tag) {
    return registry.images.look(ACCOUNT, APP, new ByTag(tag)).digest();
  }

  private DeleteImage work(Digest digest) {
    return new DeleteImage(ACCOUNT, APP, registry.reader.require(ACCOUNT, APP).id(), digest);
  }

  private void assertCountsAreExact() {
    var images = registry.listing.images(ACCOUNT, APP, TagStatus.ANY, Optional.empty(), 100);
    assertThat(registry.imageCount()).isEqualTo(images.entries().size());
    assertThat(images.entries()).allMatch(image -> image.image().tagCount() == image.tags().size());
    long tagged = images.entries().stream().mapToLong(image -> image.tags().size()).sum();
    assertThat(registry.listing.tags(ACCOUNT, APP, Optional.empty(), 100).entries())
        .hasSize((int) tagged);
  }
}
