package dev.berth.registry.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.RegistryException.LayersNotFound;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.RegistryException.UploadNotFound;
import dev.berth.registry.image.ImagePush.Push;
import dev.berth.registry.image.Registry;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.service.Services;
import dev.berth.registry.upload.Body;
import dev.berth.registry.upload.ContentRange;
import dev.berth.registry.upload.Upload;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A client that does one thing after the other, at random. */
final class CollectionClient {

  private static final int LAYERS = 60;
  private static final int MOST_KEPT = 5;
  private static final int CONFIGS = 20;
  private static final int VARIANTS = 3;

  private final CollectionFixture registry;
  private final PacedClock clock;
  private final Services services;
  private final Random random;
  private final int number;
  private int keeping;

  CollectionClient(CollectionFixture registry, Random random, int number) {
    this.registry = registry;
    this.clock = registry.clock;
    this.services = registry.services;
    this.random = random;
    this.number = number;
  }

  Object once() throws Exception {
    RepositoryName name = any(CollectionFixture.NAMES);
    try {
      return step(name, random.nextInt(100));
    } catch (RepositoryNotFound | LayersNotFound | UploadNotFound e) {
      // it is made anew now and then; elsewhere nothing that somebody was told of may be missing
      if (!name.equals(CollectionFixture.RENEWED)) {
        throw e;
      }
      return false;
    }
  }

  private Object step(RepositoryName name, int chance) throws Exception {
    if (chance < 8) {
      return putBlindly(name);
    }
    if (chance < 30) {
      return counted("pushes", clock.push(() -> push(name, anyVariant(), false)));
    }
    if (chance < 32 && keeping < MOST_KEPT) {
      String mine = ",\"annotations\":{\"kept\":\"%d.%d\"}".formatted(number, keeping++);
      return clock.push(() -> push(CollectionFixture.FIRST, mine, true));
    }
    if (chance < 65) {
      deleteOne(name);
      return deleteOne(name);
    }
    if (chance < 80) {
      return pullOne(name);
    }
    if (chance < 90) {
      return counted("uploads left", clock.push(() -> chunks(name, layer(), false)));
    }
    if (chance < 99) {
      return clock.call(() -> services.layers().stat(registry.account, name, digest(layer())));
    }
    return renew();
  }

  private Object renew() throws Exception {
    synchronized (registry) {
      return clock.call(
          () -> {
            services.repositories().delete(registry.account, CollectionFixture.RENEWED, true);
            return counted("repositories renewed", registry.create(CollectionFixture.RENEWED));
          });
    }
  }

  private Digest push(RepositoryName name, String more, boolean keep) throws Exception {
    byte[] config = config();
    byte[] layer = layer();
    bring(name, config);
    bring(name, layer);
    return put(name, config, layer, more, keep);
  }

  /** As a client that knows its layers from before, and does not look: they may be gone. */
  private Object putBlindly(RepositoryName name) throws Exception {
    try {
      put(name, config(), layer(), anyVariant(), false);
      return counted("manifests put blindly", true);
    } catch (LayersNotFound gone) {
      return false;
    }
  }

  private Digest put(RepositoryName name, byte[] config, byte[] layer, String more, boolean keep)
      throws Exception {
    byte[] manifest = Registry.manifest(digest(config), digest(layer), more).getBytes(UTF_8);
    if (keep) {
      registry.kept.add(digest(manifest));
    }
    var read = ManifestReader.read(manifest, Optional.empty());
    var tag = Optional.of(new Tag("t" + random.nextInt(4))).filter(any -> random.nextBoolean());
    var push = new Push(manifest, read, Algorithm.SHA256, tag);
    return clock.call(() -> services.push().push(registry.account, name, push)).digest();
  }

  /** Does what makes a client sure that the layer is there. */
  private void bring(RepositoryName name, byte[] layer) throws Exception {
    Digest digest = digest(layer);
    if (random.nextBoolean()
        && clock.call(() -> services.layers().stat(registry.account, name, digest)).isPresent()) {
      counted("layers found", true);
      return;
    }
    RepositoryName from = any(CollectionFixture.NAMES);
    if (random.nextBoolean()
        && clock
            .call(() -> services.layers().mount(registry.account, name, from, digest))
            .isPresent()) {
      counted("mounts", true);
      return;
    }
    if (random.nextInt(4) == 0) {
      chunks(name, layer, true);
    } else {
      clock.call(
          () -> services.uploads().uploadWhole(registry.uploader(name), digest, Body.of(layer)));
    }
    counted("layers sent", true);
  }

  /** An upload in chunks, that is left unless it is committed. */
  private Object chunks(RepositoryName name, byte[] layer, boolean commit) throws Exception {
    Upload upload =
        clock.call(() -> services.uploads().begin(registry.uploader(name), Optional.empty()));
    int half = layer.length / 2;
    upload = chunk(name, upload, 0, Arrays.copyOf(layer, half));
    if (!commit && random.nextBoolean()) {
      return upload;
    }
    Upload sent = chunk(name, upload, half, Arrays.copyOfRange(layer, half, layer.length));
    return commit
        ? clock.call(
            () ->
                services
                    .uploads()
                    .commit(
                        registry.uploader(name),
                        sent.id(),
                        sent.state(),
                        digest(layer),
                        Optional.empty(),
                        Body.empty()))
        : sent;
  }

  private Upload chunk(RepositoryName name, Upload upload, int from, byte[] bytes)
      throws Exception {
    var range = Optional.of(new ContentRange(from, from + bytes.length - 1));
    return clock.call(
        () ->
            services
                .uploads()
                .append(
                    registry.uploader(name), upload.id(), upload.state(), range, Body.of(bytes)));
  }

  private Object deleteOne(RepositoryName name) throws Exception {
    List<Digest> there = registry.deletable(name);
    if (there.isEmpty()) {
      return false;
    }
    Digest digest = any(there);
    try {
      clock.call(() -> services.deletion().delete(registry.account, name, digest));
      return counted("images deleted", true);
    } catch (ImageNotFound anotherCameFirst) {
      return false;
    }
  }

  /** Whoever has a manifest gets its layers, whatever becomes of the image meanwhile. */
  private Object pullOne(RepositoryName name) throws Exception {
    List<Digest> there = registry.digests(name);
    if (there.isEmpty() || name.equals(CollectionFixture.RENEWED)) {
      return false;
    }
    Digest digest = any(there);
    return clock.call(
        () -> {
          try {
            for (Digest blob : registry.blobs(name, digest)) {
              Optional<LayerLink> link = registry.link(name, blob);
              assertThat(link).as("layer %s of %s", blob, digest).isPresent();
              assertThat(Digest.sha256(registry.content(link.get()))).isEqualTo(blob);
            }
            return counted("pulls", true);
          } catch (ImageNotFound deletedMeanwhile) {
            return false;
          }
        });
  }

  private <T> T counted(String what, T result) {
    registry.counts.increment(what);
    return result;
  }

  private byte[] config() {
    return ("config " + random.nextInt(CONFIGS)).getBytes(UTF_8);
  }

  private byte[] layer() {
    return RacesFixture.bytes(300 + 50 * random.nextInt(LAYERS));
  }

  /** One of them is too large for an item. */
  private String anyVariant() {
    int variant = random.nextInt(VARIANTS);
    boolean large = variant == 0 && random.nextInt(4) == 0;
    return ",\"annotations\":{\"variant\":\"%d%s\"}"
        .formatted(variant, large ? "x".repeat(400_000) : "");
  }

  private static Digest digest(byte[] bytes) {
    return Digest.sha256(bytes);
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
