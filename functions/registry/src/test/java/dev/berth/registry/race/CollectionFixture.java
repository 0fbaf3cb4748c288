package dev.berth.registry.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.Reference.ByDigest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.quota.Quotas;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.registry.encryption.MemoryKeys;
import dev.berth.registry.gc.GarbageCollection;
import dev.berth.registry.gc.GcPeriods;
import dev.berth.registry.image.TagStatus;
import dev.berth.registry.layer.Blob;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.lifecycle.ExpirationAudit;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.service.Services;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Objects.OpenMultipart;
import dev.berth.registry.store.Objects.Stored;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.TimedObjects;
import dev.berth.registry.store.Walk;
import dev.berth.registry.upload.PartSizes;
import dev.berth.registry.upload.Uploader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;

/** A registry whose stores are its alone, and what is there by its tables. */
abstract class CollectionFixture {

  static final RepositoryName FIRST = new RepositoryName("race/first");
  static final RepositoryName SECOND = new RepositoryName("race/second");
  static final RepositoryName RENEWED = new RepositoryName("race/renewed");
  static final List<RepositoryName> NAMES = List.of(FIRST, SECOND, RENEWED);

  private static final Instant BEGINNING = Instant.parse("2026-06-01T12:00:00Z");
  private static final int NIGHTS = 8;

  final String account = "123456789012";
  final PacedClock clock = new PacedClock(BEGINNING);
  final Counts counts = new Counts();

  /** Images of the first repository that were acknowledged, or are about to be. */
  final Set<Digest> kept = ConcurrentHashMap.newKeySet();

  Objects objects;
  Services services;

  /** Empty. */
  protected abstract Table table();

  /** Empty. */
  protected abstract Objects store();

  @BeforeEach
  void newRegistry() {
    objects = new TimedObjects(store(), clock::peek);
    var secret = new DeploymentSecret(List.of(new DeploymentSecret.Key("k1", new byte[32])));
    var sizes = new PartSizes(Math.max(1024, objects.smallestPart()), 500, 4000, 4000);
    services =
        Services.over(
            table(),
            objects,
            new MemoryKeys(),
            secret,
            sizes,
            Quotas.standard(),
            new ExpirationAudit(_ -> {}, "us-east-1", zoned()),
            zoned());
    NAMES.forEach(this::create);
  }

  final Clock zoned() {
    return clock.withZone(ZoneOffset.UTC);
  }

  final Duration age() {
    return Duration.between(BEGINNING, clock.peek());
  }

  Repository create(RepositoryName name) {
    return services.repositories().create(account, name, Repository.Settings.defaults(), Map.of());
  }

  Uploader uploader(RepositoryName name) {
    return new Uploader(account, name, "AIDAUPLOADER");
  }

  Optional<LayerLink> link(RepositoryName name, Digest digest) {
    return services.layers().stat(account, name, digest);
  }

  byte[] content(LayerLink link) {
    try (InputStream object = objects.get(link.objectKey(), 0, link.size() + 1)) {
      return object.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError("layer " + link.digest() + " cannot be read", e);
    }
  }

  List<Digest> digests(RepositoryName name) {
    List<Digest> all = new ArrayList<>();
    Walk.pages(
        after -> services.listing().images(account, name, TagStatus.ANY, after, 1000),
        page -> page.forEach(image -> all.add(image.image().digest())));
    return all;
  }

  /** Without those that are to be there at the end. */
  List<Digest> deletable(RepositoryName name) {
    return digests(name).stream().filter(digest -> !kept.contains(digest)).toList();
  }

  Set<Digest> blobs(RepositoryName name, Digest image) {
    var manifest = services.images().look(account, name, new ByDigest(image));
    return Set.copyOf(ManifestReader.read(manifest.bytes(), Optional.empty()).blobs());
  }

  void assertEveryImageIsWhole() {
    for (RepositoryName name : NAMES) {
      for (Digest image : digests(name)) {
        for (Digest blob : blobs(name, image)) {
          Optional<LayerLink> link = link(name, blob);
          assertThat(link).as("layer %s of image %s of %s", blob, image, name).isPresent();
          assertThat(Digest.sha256(content(link.get()))).isEqualTo(blob);
        }
      }
    }
  }

  /** As many nights as all that is left needs, with nobody about. */
  void passQuietly() throws InterruptedException {
    var collection = new GarbageCollection(table(), objects, GcPeriods.standard(), zoned());
    for (int i = 0; i < NIGHTS; i++) {
      clock.jump(Duration.ofHours(24));
      services.sweeper().run();
      collection.run();
    }
  }

  void deleteAll() {
    NAMES.forEach(
        name -> digests(name).forEach(image -> services.deletion().delete(account, name, image)));
  }

  /** Links are those that images name, blobs those that are linked, objects those of blobs. */
  void assertNothingButImagesIsThere() {
    Map<String, Integer> refs = new HashMap<>();
    for (Repository repository : services.repositories().find(account, NAMES)) {
      Set<String> named = new TreeSet<>();
      digests(repository.name())
          .forEach(
              image -> blobs(repository.name(), image).forEach(blob -> named.add(blob.toString())));
      Set<String> linked =
          items("L#" + repository.id()).stream()
              .map(item -> item.key().sort())
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(linked).isEqualTo(named);
      linked.forEach(
          blob -> refs.merge("B#%s#AES256#%s".formatted(account, blob), 1, Integer::sum));
    }
    Map<String, Long> counted =
        items("B#").stream()
            .collect(Collectors.toMap(item -> item.key().partition(), it -> Blob.of(it).refs()));
    assertThat(counted).hasSameSizeAs(refs);
    refs.forEach((blob, count) -> assertThat(counted).containsEntry(blob, (long) count));
    assertThat(items("L#")).hasSize(refs.values().stream().mapToInt(count -> count).sum());
    assertThat(items("Z#")).isEmpty();
    assertThat(items("U#")).hasSameSizeAs(counted.keySet());
    Set<String> blobObjects =
        items("B#").stream().map(item -> Blob.of(item).objectKey()).collect(Collectors.toSet());
    assertThat(objectKeys("layers/")).isEqualTo(blobObjects);
    assertThat(objectKeys("manifests/"))
        .isEqualTo(
            items("M#").stream()
                .flatMap(item -> item.optionalText("objectKey").stream())
                .collect(Collectors.toSet()));
    assertThat(multiparts()).isEmpty();
  }

  void assertNothingIsThere() {
    for (String partitions : List.of("L#", "B#", "Z#", "U#", "I#", "M#", "T#", "W")) {
      assertThat(items(partitions)).as(partitions).isEmpty();
    }
    assertThat(objectKeys("")).isEmpty();
    assertThat(multiparts()).isEmpty();
  }

  private List<Item> items(String partitions) {
    List<Item> items = new ArrayList<>();
    Walk.items(table(), partitions, items::addAll);
    return items;
  }

  private Set<String> objectKeys(String prefix) {
    List<Stored> all = new ArrayList<>();
    Walk.pages(after -> objects.list(after, 1000), all::addAll);
    return all.stream()
        .map(Stored::key)
        .filter(key -> key.startsWith(prefix))
        .collect(Collectors.toSet());
  }

  private List<OpenMultipart> multiparts() {
    List<OpenMultipart> all = new ArrayList<>();
    Walk.pages(after -> objects.multiparts(after, 1000), all::addAll);
    return all;
  }
}
