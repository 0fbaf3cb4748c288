package dev.berth.registry.image;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Reference.ByDigest;
import dev.berth.core.oci.Reference.ByTag;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.RegistryException.ImageReferencedByManifestList;
import dev.berth.registry.encryption.KeyArn;
import dev.berth.registry.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageDeletionTest {

  private final Registry registry = new Registry();

  @Test
  void anImageIsDeletedWithAllItsTags() {
    String manifest = registry.image("one");
    Digest digest = registry.push(manifest, "a").digest();
    registry.push(manifest, "b");
    assertThat(registry.deletion.delete(ACCOUNT, APP, digest))
        .containsExactlyInAnyOrder(new Tag("a"), new Tag("b"));
    assertAbsent(digest);
    assertThat(registry.listing.tags(ACCOUNT, APP, Optional.empty(), 10).entries()).isEmpty();
    assertThat(registry.imageCount()).isZero();
  }

  @Test
  void nothingOfADeletedImageIsLeftButItsLayersAndWhatTellsOfIt() {
    Digest subject = registry.push(registry.image("subject")).digest();
    var before = keys();
    String manifest = registry.image("one", Registry.referringTo(subject));
    Digest digest = registry.push(manifest, "a").digest();
    registry.deletion.delete(ACCOUNT, APP, digest);
    var left = keys();
    left.removeAll(before);
    assertThat(left).allMatch(key -> key.matches("[LBO]#.*"));
  }

  @Test
  void anImageOfMoreTagsThanOneTransactionTakesIsDeletedWhole() {
    String manifest = registry.image("one");
    Digest digest = registry.push(manifest).digest();
    IntStream.range(0, 120).forEach(i -> registry.push(manifest, "tag" + i));
    assertThat(registry.deletion.delete(ACCOUNT, APP, digest)).hasSize(120);
    assertThat(registry.imageCount()).isZero();
  }

  @Test
  void imagesAreDeletedWhileTheirRepositorysKeyIsDisabled() {
    KeyArn key = registry.encryptApp();
    Digest child = registry.push(registry.image("one")).digest();
    Digest index = registry.push(Registry.index(child), "multi").digest();
    registry.keys.disable(key);

    assertThatThrownBy(() -> registry.deletion.delete(ACCOUNT, APP, child))
        .isInstanceOf(ImageReferencedByManifestList.class)
        .hasMessageContaining(index.toString());
    registry.deletion.delete(ACCOUNT, APP, index);
    registry.deletion.delete(ACCOUNT, APP, child);

    assertThat(registry.imageCount()).isZero();
    assertThat(registry.objects.keys()).isEmpty();
  }

  @Test
  void aDeletionThatBreaksOffAtItsEndLeavesNoObject() {
    registry.encryptApp();
    Digest digest = registry.push(registry.image("one")).digest();
    registry.objects.refuseDeletions(true);
    assertThatThrownBy(() -> registry.deletion.delete(ACCOUNT, APP, digest))
        .isInstanceOf(StoreException.class);

    registry.objects.refuseDeletions(false);
    registry.passes(Duration.ofHours(1));
    registry.sweeper.run();

    assertThat(registry.objects.keys()).isEmpty();
    assertThat(registry.imageCount()).isZero();
  }

  @Test
  void aChildOfAnIndexCannotBeDeletedBeforeTheIndex() {
    Digest child = registry.push(registry.image("one")).digest();
    Digest index = registry.push(Registry.index(child), "multi").digest();
    assertThatThrownBy(() -> registry.deletion.delete(ACCOUNT, APP, child))
        .isInstanceOf(ImageReferencedByManifestList.class)
        .hasMessage("Requested image referenced by manifest list: [" + index + "]");
    registry.deletion.delete(ACCOUNT, APP, index);
    registry.deletion.delete(ACCOUNT, APP, child);
    assertThat(registry.imageCount()).isZero();
  }

  @Test
  void aTagCanBeTakenFromItsImage() {
    Digest digest = registry.push(registry.image("one"), "only").digest();
    assertThat(registry.tags.untag(ACCOUNT, APP, new Tag("only"))).isEqualTo(digest);
    assertThat(registry.images.look(ACCOUNT, APP, new ByDigest(digest)).digest()).isEqualTo(digest);
    assertThatThrownBy(() -> registry.images.look(ACCOUNT, APP, new ByTag(new Tag("only"))))
        .isInstanceOf(ImageNotFound.class);
    assertThatThrownBy(() -> registry.tags.untag(ACCOUNT, APP, new Tag("only")))
        .isInstanceOf(ImageNotFound.class);
  }

  @Test
  void deletingByTagDeletesTheImageWithItsLastTag() {
    String manifest = registry.image("one");
    Digest digest = registry.push(manifest, "a").digest();
    registry.push(manifest, "b");
    registry.tags.deleteByTag(ACCOUNT, APP, new Tag("a"));
    assertThat(registry.images.look(ACCOUNT, APP, new ByDigest(digest)).digest()).isEqualTo(digest);
    registry.tags.deleteByTag(ACCOUNT, APP, new Tag("b"));
    assertAbsent(digest);
  }

  @Test
  void aDeletionThatWasBrokenOffReadsAsDoneAndIsFinishedByTheSweeper() {
    Digest digest = registry.push(registry.image("one"), "a").digest();
    registry.breakOffDeletion(digest);
    assertAbsent(digest);
    registry.passes(Duration.ofMinutes(2));
    registry.sweeper.run();
    assertThat(registry.imageCount()).isZero();
    assertThat(registry.listing.tags(ACCOUNT, APP, Optional.empty(), 10).entries()).isEmpty();
    assertThat(keys()).noneMatch(key -> key.startsWith("W"));
  }

  @Test
  void aPushThatMeetsADeletionFinishesItFirst() {
    String manifest = registry.image("one");
    Digest digest = registry.push(manifest, "a").digest();
    registry.breakOffDeletion(digest);
    assertThat(registry.push(manifest, "b").changed()).isTrue();
    assertThat(registry.listing.tags(ACCOUNT, APP, Optional.empty(), 10).entries())
        .containsExactly(new Tag("b"));
    assertThat(registry.imageCount()).isEqualTo(1);
  }

  @Test
  void aTagOfAnImageThatIsBeingDeletedCanBeGivenToAnother() {
    Digest old = registry.push(registry.image("one"), "latest").digest();
    registry.breakOffDeletion(old);
    Digest fresh = registry.push(registry.image("two"), "latest").digest();
    assertThat(registry.images.look(ACCOUNT, APP, new ByTag(new Tag("latest"))).digest())
        .isEqualTo(fresh);
    assertAbsent(old);
    assertThat(registry.imageCount()).isEqualTo(1);
  }

  private void assertAbsent(Digest digest) {
    assertThatThrownBy(() -> registry.images.look(ACCOUNT, APP, new ByDigest(digest)))
        .isInstanceOf(ImageNotFound.class);
    assertThat(registry.listing.find(ACCOUNT, APP, List.of(digest))).isEmpty();
  }

  private Set<String> keys() {
    var keys = new TreeSet<String>();
    registry
        .table
        .all()
        .forEach(item -> keys.add(item.key().partition() + "/" + item.key().sort()));
    return keys;
  }
}
