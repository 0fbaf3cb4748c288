package dev.berth.registry.image;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Reference.ByDigest;
import dev.berth.core.oci.Reference.ByTag;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.RegistryException.ImageTagAlreadyExists;
import dev.berth.registry.RegistryException.LayersNotFound;
import dev.berth.registry.RegistryException.ReferencedImagesNotFound;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.repository.Repository.TagMutability;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table.Consistency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImagePushTest {

  private final Registry registry = new Registry();

  @Test
  void aPushedImageIsReadByItsTagAndByItsDigest() {
    String manifest = registry.image("one");
    Digest digest = registry.push(manifest, "latest").digest();
    assertThat(look("latest").bytes()).isEqualTo(manifest.getBytes(UTF_8));
    assertThat(look("latest").digest()).isEqualTo(digest);
    assertThat(registry.images.look(ACCOUNT, APP, new ByDigest(digest)).digest()).isEqualTo(digest);
    assertThat(registry.imageCount()).isEqualTo(1);
  }

  @Test
  void aPushTakesTwoCallsOnceTheRepositoryIsKnown() {
    String manifest = registry.image("one");
    registry.reader.require(ACCOUNT, APP);
    registry.table.takeCalls();
    registry.push(manifest, "latest");
    assertThat(registry.table.takeCalls()).isEqualTo(2);
  }

  @Test
  void aReadTakesOneCallByDigestAndTwoByTag() {
    Digest digest = registry.push(registry.image("one"), "latest").digest();
    registry.table.takeCalls();
    registry.images.look(ACCOUNT, APP, new ByDigest(digest));
    assertThat(registry.table.takeCalls()).isEqualTo(1);
    look("latest");
    assertThat(registry.table.takeCalls()).isEqualTo(2);
  }

  @Test
  void aTagMovesToTheImageThatIsPushedWithItLast() {
    Digest first = registry.push(registry.image("one"), "latest").digest();
    Digest second = registry.push(registry.image("two"), "latest").digest();
    assertThat(look("latest").digest()).isEqualTo(second);
    assertThat(image(first).image().tagCount()).isZero();
    assertThat(image(first).tags()).isEmpty();
    assertThat(image(second).tags()).containsExactly(new Tag("latest"));
  }

  @Test
  void theSamePushAgainChangesNothing() {
    String manifest = registry.image("one");
    assertThat(registry.push(manifest, "latest").changed()).isTrue();
    assertThat(registry.push(manifest, "latest").changed()).isFalse();
    assertThat(registry.push(manifest).changed()).isFalse();
    assertThat(registry.imageCount()).isEqualTo(1);
  }

  @Test
  void anotherTagOfTheSameImageIsAChangeButNoOtherImage() {
    String manifest = registry.image("one");
    Digest digest = registry.push(manifest, "a").digest();
    assertThat(registry.push(manifest, "b").changed()).isTrue();
    assertThat(image(digest).tags()).containsExactly(new Tag("a"), new Tag("b"));
    assertThat(image(digest).image().tagCount()).isEqualTo(2);
    assertThat(registry.imageCount()).isEqualTo(1);
  }

  @Test
  void aManifestIsRefusedWhileALayerIsMissing() {
    Digest config = registry.layer("config");
    Digest missing = Digest.sha256("missing".getBytes(UTF_8));
    String manifest = Registry.manifest(config, missing, "");
    assertThatThrownBy(() -> registry.push(manifest, "latest"))
        .isInstanceOf(LayersNotFound.class)
        .hasMessageContaining(missing.toString())
        .hasMessageNotContaining(config.toString());
    assertThat(registry.imageCount()).isZero();
    assertThatThrownBy(() -> look("latest")).isInstanceOf(ImageNotFound.class);
  }

  @Test
  void aLayerThatCollectionIsAboutToRemoveIsTakenBack() {
    String manifest = registry.image("one");
    var repository = registry.reader.require(ACCOUNT, APP);
    var key = Keys.layer(repository.id(), Digest.sha256("one".getBytes(UTF_8)));
    registry.table.transact(Action.update(key).set("doomed", "run 1").when(Condition.present()));
    registry.push(manifest, "latest");
    var link = LayerLink.of(registry.table.get(key, Consistency.STRONG).orElseThrow());
    assertThat(link.doomed()).isEmpty();
  }

  @Test
  void anIndexIsRefusedWhileAChildIsMissing() {
    Digest child = registry.push(registry.image("one")).digest();
    Digest missing = Digest.sha256("missing".getBytes(UTF_8));
    assertThatThrownBy(() -> registry.push(Registry.index(child, missing), "multi"))
        .isInstanceOf(ReferencedImagesNotFound.class)
        .hasMessage(
            "Images with digests '[%s]' required for pushing image into repository with name"
                    .formatted(missing)
                + " 'team/app' in the registry with id '123456789012' do not exist");
  }

  @Test
  void anIndexCountsForEachOfItsChildrenAndIsAsLargeAsTheLargest() {
    Digest child = registry.push(registry.image("one")).digest();
    Digest index = registry.push(Registry.index(child), "multi").digest();
    assertThat(image(child).image().parentCount()).isEqualTo(1);
    assertThat(image(index).image().size()).isEqualTo(100);
  }

  @Test
  void aTagMayMoveFromAChildToTheIndexThatNamesIt() {
    Digest child = registry.push(registry.image("one"), "latest").digest();
    Digest index = registry.push(Registry.index(child), "latest").digest();
    assertThat(look("latest").digest()).isEqualTo(index);
    assertThat(image(child).image().tagCount()).isZero();
    assertThat(image(child).image().parentCount()).isEqualTo(1);
  }

  @Test
  void anImmutableTagStaysWithItsImage() {
    registry.repositories.delete(ACCOUNT, APP, true);
    registry.repositories.create(
        ACCOUNT, APP, new Settings(TagMutability.IMMUTABLE, false, Encryption.AES256), Map.of());
    String manifest = registry.image("one");
    registry.push(manifest, "v1");
    assertThat(registry.push(manifest, "v1").changed()).isFalse();
    assertThatThrownBy(() -> registry.push(registry.image("two"), "v1"))
        .isInstanceOf(ImageTagAlreadyExists.class)
        .hasMessageContaining("'v1'");
  }

  @Test
  void aManifestTooLargeForAnItemIsKeptAsAnObject() {
    String padding = ",\"annotations\":{\"pad\":\"" + "x".repeat(Manifests.MOST_INLINE) + "\"}";
    String manifest = registry.image("one", padding);
    registry.push(manifest, "large");
    assertThat(look("large").bytes()).isEqualTo(manifest.getBytes(UTF_8));
    assertThat(registry.objects.keys()).hasSize(1);
  }

  @Test
  void ofParallelPushesOfOneTagOneWinsAndAllImagesExist() throws Exception {
    var manifests = IntStream.range(0, 16).mapToObj(i -> registry.image("image " + i)).toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var pushes =
          manifests.stream()
              .map(manifest -> threads.submit(() -> registry.push(manifest, "latest").digest()))
              .toList();
      for (var push : pushes) {
        assertThat(image(push.get()).image().isActive()).isTrue();
      }
    }
    assertThat(registry.imageCount()).isEqualTo(16);
    var winner = look("latest").digest();
    var tagged =
        registry.listing.images(ACCOUNT, APP, TagStatus.TAGGED, Optional.empty(), 100).entries();
    assertThat(tagged).extracting(image -> image.image().digest()).containsExactly(winner);
  }

  private StoredManifest look(String tag) {
    return registry.images.look(ACCOUNT, APP, new ByTag(new Tag(tag)));
  }

  private TaggedImage image(Digest digest) {
    return registry.listing.find(ACCOUNT, APP, List.of(digest)).get(digest);
  }
}
