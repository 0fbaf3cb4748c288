package dev.berth.registry.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.audit.AuditRecord;
import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.Reference.ByDigest;
import dev.berth.core.oci.Reference.ByTag;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.core.quota.Quotas;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.registry.encryption.MemoryKeys;
import dev.berth.registry.image.ImagePush.Push;
import dev.berth.registry.image.ImagePush.Pushed;
import dev.berth.registry.image.Registry;
import dev.berth.registry.image.TagStatus;
import dev.berth.registry.image.TaggedImage;
import dev.berth.registry.layer.Blob;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.lifecycle.ExpirationAudit;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.service.Services;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.upload.Body;
import dev.berth.registry.upload.PartSizes;
import dev.berth.registry.upload.Uploader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;

/** A registry of the test's own, over the stores under test, with two repositories. */
abstract class RacesFixture {

  static final RepositoryName APP = new RepositoryName("team/app");
  static final RepositoryName OTHER = new RepositoryName("team/other");

  final String account =
      "%012d".formatted(ThreadLocalRandom.current().nextLong(1_000_000_000_000L));
  Services services;
  private volatile Instant now = Instant.parse("2026-06-01T12:00:00Z");

  /** Kept for the time of all tests, which each have an account of their own. */
  protected abstract Table table();

  protected abstract Objects objects();

  /** How many objects there are, if the store can tell. */
  OptionalInt objectCount() {
    return OptionalInt.empty();
  }

  @BeforeEach
  void newRegistry() {
    var secret = new DeploymentSecret(List.of(new DeploymentSecret.Key("k1", new byte[32])));
    // small buffers, where the store lets parts be small
    var sizes = new PartSizes(Math.max(1024, objects().smallestPart()), 500, 4000, 4000);
    var clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    services =
        Services.over(
            table(),
            objects(),
            new MemoryKeys(),
            secret,
            sizes,
            Quotas.standard(),
            new ExpirationAudit(records::add, "us-east-1", clock),
            clock);
    create(APP);
    create(OTHER);
  }

  /** What was recorded of lifecycle policies. */
  final List<AuditRecord> records = new CopyOnWriteArrayList<>();

  Repository create(RepositoryName name) {
    return services.repositories().create(account, name, Repository.Settings.defaults(), Map.of());
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Uploader uploader(RepositoryName name) {
    return new Uploader(account, name, "AIDAUPLOADER");
  }

  LayerLink pushLayer(RepositoryName name, byte[] bytes) {
    return services.uploads().uploadWhole(uploader(name), Digest.sha256(bytes), Body.of(bytes));
  }

  /** The text of an image manifest with one layer; the layer and a config are in the repository. */
  String image(RepositoryName name, String content) {
    byte[] config = "config".getBytes(UTF_8);
    byte[] layer = content.getBytes(UTF_8);
    pushLayer(name, config);
    pushLayer(name, layer);
    return Registry.manifest(Digest.sha256(config), Digest.sha256(layer), "");
  }

  Pushed pushImage(RepositoryName name, String manifest, String tag) {
    byte[] bytes = manifest.getBytes(UTF_8);
    var read = ManifestReader.read(bytes, Optional.empty());
    return services
        .push()
        .push(account, name, new Push(bytes, read, Algorithm.SHA256, Optional.of(new Tag(tag))));
  }

  Optional<LayerLink> link(RepositoryName name, Digest digest) {
    return services.layers().stat(account, name, digest);
  }

  /** That the repository has the layer, with these bytes and as many references to them. */
  void assertLayer(RepositoryName name, byte[] bytes, long refs) {
    Digest digest = Digest.sha256(bytes);
    LayerLink link = link(name, digest).orElseThrow();
    assertThat(content(link)).isEqualTo(bytes);
    Blob blob =
        table()
            .get(Keys.blob(account, "AES256", digest), Consistency.STRONG)
            .map(Blob::of)
            .orElseThrow();
    assertThat(blob.objectKey()).isEqualTo(link.objectKey());
    assertThat(blob.refs()).isEqualTo(refs);
  }

  private byte[] content(LayerLink link) {
    try (InputStream object = objects().get(link.objectKey(), 0, link.size() + 1)) {
      return object.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError("layer " + link.digest() + " cannot be read", e);
    }
  }

  List<TaggedImage> images(RepositoryName name) {
    return services
        .listing()
        .images(account, name, TagStatus.ANY, Optional.empty(), 1000)
        .entries();
  }

  /** That the repository holds whole images alone, and counts them, their tags and layers right. */
  void assertExact(RepositoryName name) {
    List<TaggedImage> images = images(name);
    assertThat(services.repositories().find(account, List.of(name)).getFirst().imageCount())
        .isEqualTo(images.size());
    Set<Tag> tags = new HashSet<>();
    for (TaggedImage image : images) {
      assertThat(image.image().tagCount()).isEqualTo(image.tags().size());
      assertWhole(name, image);
      tags.addAll(image.tags());
    }
    assertThat(services.listing().tags(account, name, Optional.empty(), 1000).entries())
        .containsExactlyInAnyOrderElementsOf(tags);
  }

  private void assertWhole(RepositoryName name, TaggedImage image) {
    Digest digest = image.image().digest();
    var manifest = services.images().look(account, name, new ByDigest(digest));
    for (Tag tag : image.tags()) {
      assertThat(services.images().look(account, name, new ByTag(tag)).digest()).isEqualTo(digest);
    }
    for (Digest blob : ManifestReader.read(manifest.bytes(), Optional.empty()).blobs()) {
      assertThat(Digest.sha256(content(link(name, blob).orElseThrow()))).isEqualTo(blob);
    }
  }

  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }
}
