package dev.berth.registry.image;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.image.IncomingImages.Replicated;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.repository.Repository.TagMutability;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IncomingImagesTest {

  private final Registry registry = new Registry();

  @Test
  void anImageWhoseLayersAreThereIsPut() {
    Replicated replicated = registry.replicate(registry.image("one"), "latest");

    assertThat(replicated.complete()).isTrue();
    assertThat(replicated.tag()).contains(new Tag("latest"));
    assertThat(tagged("latest")).contains(replicated.digest());
  }

  @Test
  void missingLayersAreListedWithTheConfigAndNothingIsPut() {
    Digest config = digest("config");
    Digest layer = registry.layer("layer");
    Digest missing = digest("missing");
    String manifest =
        Registry.manifest(config, layer, "")
            .replace(
                "\"layers\":[",
                "\"layers\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":7},"
                    .formatted(MediaTypes.OCI_LAYER, missing));
    List<Item> before = registry.table.all();

    Replicated replicated = registry.replicate(manifest, "latest");

    assertThat(replicated.complete()).isFalse();
    assertThat(replicated.missingLayers()).containsExactly(config, missing);
    assertThat(replicated.missingImages()).isEmpty();
    assertThat(registry.table.all()).isEqualTo(before);
  }

  @Test
  void aLayerThatIsKeptElsewhereIsNotMissing() {
    Digest config = registry.layer("config");
    String manifest =
        Registry.manifest(config, digest("foreign"), "")
            .replace(MediaTypes.OCI_LAYER, MediaTypes.OCI_NONDISTRIBUTABLE_LAYER);

    assertThat(registry.replicate(manifest, "latest").complete()).isTrue();
  }

  @Test
  void missingChildrenOfAnIndexAreListed() {
    Digest child = registry.replicate(registry.image("child"), "child").digest();
    String index = Registry.index(child, digest("one"), digest("two"));

    Replicated replicated = registry.replicate(index, "latest");

    assertThat(replicated.missingImages()).containsExactly(digest("one"), digest("two"));
    assertThat(replicated.missingLayers()).isEmpty();
    assertThat(tagged("latest")).isEmpty();
  }

  @Test
  void anIndexWhoseChildrenCameIsPut() {
    Digest child = registry.replicate(registry.image("child"), "child").digest();

    assertThat(registry.replicate(Registry.index(child), "latest").complete()).isTrue();
  }

  @Test
  void layersThatAreThereAreKeptFromCollectionUntilTheOthersCome() {
    Digest layer = registry.layer("layer");
    registry.passes(Duration.ofHours(20));

    registry.replicate(Registry.manifest(digest("config"), layer, ""), "latest");

    String id = registry.reader.require(ACCOUNT, APP).id();
    LayerLink link =
        LayerLink.of(
            registry.table.all().stream()
                .filter(item -> item.key().equals(Keys.layer(id, layer)))
                .findFirst()
                .orElseThrow());
    assertThat(link.touchedAt()).isEqualTo(registry.now);
  }

  @Test
  void anImmutableTagOfAnotherImageIsLeftOff() {
    Digest former = registry.push(registry.image("former"), "latest").digest();
    registry.repositories.setTagMutability(ACCOUNT, APP, TagMutability.IMMUTABLE);

    Replicated replicated = registry.replicate(registry.image("one"), "latest");

    assertThat(replicated.complete()).isTrue();
    assertThat(replicated.tag()).isEmpty();
    assertThat(tagged("latest")).contains(former);
    assertThat(registry.imageCount()).isEqualTo(2);
    // and the same once more
    assertThat(registry.replicate(registry.image("one"), "latest")).isEqualTo(replicated);
  }

  @Test
  void anImmutableTagOfTheImageItselfStays() {
    String manifest = registry.image("one");
    registry.push(manifest, "latest");
    registry.repositories.setTagMutability(ACCOUNT, APP, TagMutability.IMMUTABLE);

    assertThat(registry.replicate(manifest, "latest").tag()).contains(new Tag("latest"));
  }

  @Test
  void aMutableTagMoves() {
    registry.push(registry.image("former"), "latest");

    Digest digest = registry.replicate(registry.image("one"), "latest").digest();

    assertThat(tagged("latest")).contains(digest);
  }

  @Test
  void aRepositoryThatIsGoneIsSaidSo() {
    String manifest = registry.image("one");
    registry.repositories.delete(ACCOUNT, APP, true);

    assertThatThrownBy(() -> registry.replicate(manifest, "latest"))
        .isInstanceOf(RepositoryNotFound.class);
  }

  private Optional<Digest> tagged(String tag) {
    String id = registry.reader.require(ACCOUNT, APP).id();
    return registry.table.all().stream()
        .filter(item -> item.key().equals(Keys.tag(id, tag)))
        .map(TagItem::read)
        .findFirst();
  }

  private static Digest digest(String content) {
    return Digest.sha256(content.getBytes(UTF_8));
  }
}
