package dev.berth.registry.image;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.Tag;
import dev.berth.core.quota.Quotas;
import dev.berth.registry.RegistryException.LimitExceeded;
import dev.berth.registry.image.ImagePush.Push;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.InterposedTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What others do at the same moment. */
class PushQuotasTest {

  private final Registry registry = new Registry();
  private final InterposedTable raced = new InterposedTable(registry.table);
  private final ImagePush push =
      new ImagePush(
          raced,
          registry.objects,
          new RepositoryReader(raced),
          registry.clock,
          Quotas.of(Map.of("images-per-repository", 2L, "tags-per-image", 2L)));

  @Test
  void ofTwoImagesOneGetsTheLastPlace() {
    push(registry.image("one"), "v1");
    String other = registry.image("two");
    String third = registry.image("three");
    raced.before(action -> action instanceof Action.Put, () -> registry.push(other, "v2"));

    assertThatThrownBy(() -> push(third, "v3")).isInstanceOf(LimitExceeded.class);

    assertThat(registry.imageCount()).isEqualTo(2);
  }

  @Test
  void ofTwoTagsOneGetsTheLastPlace() {
    String manifest = registry.image("one");
    push(manifest, "v1");
    raced.before(action -> action instanceof Action.Put, () -> registry.push(manifest, "v2"));

    assertThatThrownBy(() -> push(manifest, "v3")).isInstanceOf(LimitExceeded.class);

    Digest digest = Digest.sha256(manifest.getBytes(UTF_8));
    assertThat(registry.listing.find(ACCOUNT, APP, List.of(digest)).get(digest).tags())
        .containsExactly(new Tag("v1"), new Tag("v2"));
  }

  @Test
  void aTagThatMovesToAFullImageIsRefusedAndOneThatMovesAwayMakesRoom() {
    String full = registry.image("one");
    push(full, "v1");
    push(full, "v2");
    String other = registry.image("two");
    push(other, "v3");

    assertThatThrownBy(() -> push(full, "v3")).isInstanceOf(LimitExceeded.class);
    push(other, "v2");
    push(full, "v3");

    assertThat(registry.imageCount()).isEqualTo(2);
  }

  private void push(String manifest, String tag) {
    byte[] bytes = manifest.getBytes(UTF_8);
    push.push(
        ACCOUNT,
        APP,
        new Push(
            bytes,
            ManifestReader.read(bytes, Optional.empty()),
            Algorithm.SHA256,
            Optional.of(new Tag(tag))));
  }
}
