package dev.berth.registry.gc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.core.quota.Quotas;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.encryption.MemoryKeys;
import dev.berth.registry.image.ImagePush.Push;
import dev.berth.registry.image.Registry;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.repository.Repository.TagMutability;
import dev.berth.registry.service.Services;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.Table;
import dev.berth.registry.upload.Body;
import dev.berth.registry.upload.PartSizes;
import dev.berth.registry.upload.Uploader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A registry in memory whose garbage is collected by a clock of its own. */
final class CollectingRegistry {

  static final String ACCOUNT = "123456789012";
  static final RepositoryName APP = new RepositoryName("team/app");
  static final RepositoryName OTHER = new RepositoryName("team/other");
  static final Duration DAY = Duration.ofHours(24);

  Instant now = Instant.parse("2026-01-01T00:00:00Z");
  final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  final MemoryTable table = new MemoryTable();
  final MemoryKeys keys = new MemoryKeys();
  final MemoryObjects objects = new MemoryObjects(500, keys);
  final Services services = servicesOver(table);

  CollectingRegistry() {
    objects.keepTimeBy(clock);
    create(APP, Encryption.AES256);
    create(OTHER, Encryption.AES256);
  }

  Services servicesOver(Table any) {
    var secret = new DeploymentSecret(List.of(new DeploymentSecret.Key("k1", new byte[32])));
    var sizes = new PartSizes(1000, 500, 4000);
    return Services.over(any, objects, keys, secret, sizes, Quotas.standard(), clock);
  }

  void create(RepositoryName name, Encryption encryption) {
    var settings = new Settings(TagMutability.MUTABLE, false, encryption);
    services.repositories().create(ACCOUNT, name, settings, Map.of());
  }

  void createIn(String account, RepositoryName name) {
    services.repositories().create(account, name, Settings.defaults(), Map.of());
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  GarbageCollection collectionOver(Table any) {
    return new GarbageCollection(any, objects, GcPeriods.standard(), clock);
  }

  Collected collect() {
    return collectionOver(table).run();
  }

  /** Runs as a week of nights has. */
  Collected collectForAWeek() {
    Collected all = Collected.NOTHING;
    for (int i = 0; i < 7; i++) {
      pass(DAY);
      services.sweeper().run();
      all = all.plus(collect());
    }
    return all;
  }

  Uploader uploader(RepositoryName name) {
    return new Uploader(ACCOUNT, name, "AIDAUPLOADER");
  }

  LayerLink pushLayer(RepositoryName name, String content) {
    byte[] bytes = content.getBytes(UTF_8);
    return services.uploads().uploadWhole(uploader(name), Digest.sha256(bytes), Body.of(bytes));
  }

  Digest pushImage(RepositoryName name, String content) {
    return pushImage(name, content, "");
  }

  /**
   * @param more members, each with a leading comma
   */
  Digest pushImage(RepositoryName name, String content, String more) {
    Digest config = pushLayer(name, "config of " + content).digest();
    Digest layer = pushLayer(name, content).digest();
    return putManifest(name, Registry.manifest(config, layer, more));
  }

  Digest putManifest(RepositoryName name, String manifest) {
    return putManifest(services, name, manifest);
  }

  Digest putManifest(Services through, RepositoryName name, String manifest) {
    byte[] bytes = manifest.getBytes(UTF_8);
    var push =
        new Push(
            bytes,
            ManifestReader.read(bytes, Optional.empty()),
            Algorithm.SHA256,
            Optional.of(new Tag("latest")));
    return through.push().push(ACCOUNT, name, push).digest();
  }

  void deleteImage(RepositoryName name, Digest digest) {
    services.deletion().delete(ACCOUNT, name, digest);
  }

  /** What there is in partitions that begin with one of these letters. */
  List<Item> items(String letters) {
    return table.all().stream()
        .filter(item -> letters.indexOf(item.key().partition().charAt(0)) >= 0)
        .toList();
  }
}
