package dev.berth.registry.image;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.oci.Reference.ByDigest;
import dev.berth.core.oci.Reference.ByTag;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.outbox.PullEvents;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.LaggingTable;
import dev.berth.registry.store.ObjectEncryption;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConversionsTest {

  private static final String ROOT = "arn:aws:iam::123456789012:root";

  private final Registry registry = new Registry();

  private Digest pushImage(String... tags) {
    String manifest = registry.image("one");
    Digest digest = registry.push(manifest).digest();
    for (String tag : tags) {
      registry.push(manifest, tag);
    }
    return digest;
  }

  private StoredManifest docker(String tag) {
    return registry.images.pull(
        ACCOUNT, APP, new ByTag(new Tag(tag)), MediaTypes.DOCKER_IMAGE::equals, ROOT);
  }

  private long conversionItems() {
    return registry.table.all().stream()
        .filter(item -> item.key().partition().startsWith("C#"))
        .count();
  }

  @Test
  void aConvertedManifestIsFoundByItsDigestWhileItsImageIsThere() {
    Digest image = pushImage("a");
    StoredManifest converted = docker("a");

    StoredManifest found = registry.images.look(ACCOUNT, APP, new ByDigest(converted.digest()));
    assertThat(found.bytes()).isEqualTo(converted.bytes());
    assertThat(found.mediaType()).isEqualTo(MediaTypes.DOCKER_IMAGE);
    registry.deletion.delete(ACCOUNT, APP, image);
    assertThatThrownBy(() -> registry.images.look(ACCOUNT, APP, new ByDigest(converted.digest())))
        .isInstanceOf(ImageNotFound.class);
    assertThat(conversionItems()).isZero();
  }

  @Test
  void ofTwoImagesWithTheSameConversionOneIsRemembered() {
    String manifest = registry.image("one");
    registry.push(manifest, "a");
    registry.push(manifest + " ", "b");
    var lagging = new LaggingTable(registry.table);
    var images =
        new ImageReader(
            lagging,
            registry.objects,
            new RepositoryReader(lagging),
            registry.conversions(lagging),
            PullEvents.none(),
            registry.clock);

    for (String tag : List.of("a", "b")) {
      images.pull(ACCOUNT, APP, new ByTag(new Tag(tag)), MediaTypes.DOCKER_IMAGE::equals, ROOT);
    }
    registry.repositories.delete(ACCOUNT, APP, true);
    registry.sweeper.run();

    assertThat(conversionItems()).isZero();
  }

  @Test
  void anImageThatIsTooLargeInSchema1IsLeftAsItIsWithItsLayers() {
    String config =
        """
        {"architecture":"amd64","rootfs":{"diff_ids":["one"]},"note":"%s",
         "history":[{"created_by":"copy"},{"created_by":"set","empty_layer":true}]}\
        """
            .formatted("\\\"".repeat(1_200_000));
    Digest digest = registry.layer(config);
    registry.objects.put(
        "layers/" + digest.hex(),
        ByteBuffer.wrap(config.getBytes(UTF_8)),
        ObjectEncryption.STANDARD);
    registry.push(Registry.manifest(digest, registry.layer("layer"), ""), "a");

    StoredManifest answer =
        registry.images.pull(
            ACCOUNT, APP, new ByTag(new Tag("a")), MediaTypes.DOCKER_SCHEMA1_SIGNED::equals, ROOT);

    assertThat(answer.mediaType()).isEqualTo(MediaTypes.OCI_IMAGE);
    assertThat(registry.objects.keys()).containsExactly("layers/" + digest.hex());
  }

  @Test
  void aConversionIsNoImage() {
    pushImage("a");
    docker("a");

    assertThat(registry.imageCount()).isEqualTo(1);
    assertThat(registry.listing.ids(ACCOUNT, APP, TagStatus.ANY, Optional.empty(), 10).entries())
        .hasSize(1);
  }

  @Test
  void aConversionThatIsKnownIsNotWrittenAgain() {
    pushImage("a", "b");
    docker("a");
    docker("a");
    docker("b");

    assertThat(conversionItems()).isEqualTo(2);
  }

  @Test
  void conversionsGoWithTheirRepository() {
    pushImage("a");
    docker("a");
    registry.repositories.delete(ACCOUNT, APP, true);
    registry.sweeper.run();

    assertThat(conversionItems()).isZero();
  }

  @Test
  void thePullOfAConversionIsAPullOfItsImage() {
    Digest image = pushImage("a");
    Digest converted = docker("a").digest();
    registry.passes(Duration.ofDays(2));

    registry.images.pull(ACCOUNT, APP, new ByDigest(converted));
    assertThat(
            registry.listing.find(ACCOUNT, APP, List.of(image)).get(image).image().lastPulledAt())
        .contains(registry.now);
  }

  @Test
  void noConversionOutlivesAnImageThatIsDeletedMeanwhile() {
    Digest image = pushImage("a");
    var raced = new InterposedTable(registry.table);
    var reader =
        new ImageReader(
            raced,
            registry.objects,
            registry.reader,
            registry.conversions,
            PullEvents.none(),
            registry.clock);
    raced.before(
        action -> action instanceof Action.Put,
        () -> registry.deletion.delete(ACCOUNT, APP, image));

    reader.look(ACCOUNT, APP, new ByTag(new Tag("a")), MediaTypes.DOCKER_IMAGE::equals);
    assertThat(conversionItems()).isZero();
  }
}
