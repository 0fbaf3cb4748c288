package dev.berth.registry.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.quota.Quotas;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.core.secret.Sealer;
import dev.berth.registry.encryption.MemoryKeys;
import dev.berth.registry.layer.Blob;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.layer.Layers;
import dev.berth.registry.repository.Repositories;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/** A registry in memory to push to, with parts of a kilobyte so that small layers have many. */
final class Pushes {

  static final String ACCOUNT = "123456789012";
  static final RepositoryName APP = new RepositoryName("team/app");
  static final RepositoryName OTHER = new RepositoryName("team/other");
  static final Uploader UPLOADER = new Uploader(ACCOUNT, APP, "AIDAUPLOADER");
  static final int BUFFER = 1024;
  static final int SMALLEST_PART = 640;
  static final PartSizes SIZES = new PartSizes(BUFFER, 500, 4000, ArrivingLayers.READ_AGAIN);

  /** What a stream has to bring until the upload's record takes note of it. */
  static final int CHECKPOINT = BUFFER * PartSizes.CHECKPOINT;

  final MemoryTable table = new MemoryTable();
  final MemoryObjects objects;
  final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-06-01T12:00:00Z"));
  final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now.get();
        }

        @Override
        public ZoneOffset getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };
  final Sealer sealer =
      new DeploymentSecret(List.of(new DeploymentSecret.Key("k1", new byte[32])))
          .sealer(Purpose.UPLOAD_STATE);
  final MemoryKeys keys = new MemoryKeys();
  final RepositoryReader reader = new RepositoryReader(table);
  final Repositories repositories = new Repositories(table, keys, clock, Quotas.standard());
  final Layers layers = new Layers(table, reader, keys, clock);
  private final Quotas quotas;
  final Uploads uploads;
  final PartUploads partUploads;

  Pushes() {
    this(new MemoryObjects(SMALLEST_PART), SIZES);
  }

  Pushes(MemoryObjects objects, PartSizes sizes) {
    this(objects, sizes, Quotas.standard());
  }

  Pushes(MemoryObjects objects, PartSizes sizes, Quotas quotas) {
    this.quotas = quotas;
    this.objects = objects;
    this.uploads = uploadsOver(table, reader, sizes);
    this.partUploads = new PartUploads(table, objects, reader, keys, clock, sizes, quotas);
    create(APP);
    create(OTHER);
    reader.require(ACCOUNT, APP);
    reader.require(ACCOUNT, OTHER);
    table.takeCalls();
  }

  /** As another process would see the registry, whose table is not quite like ours. */
  Uploads uploadsOver(Table other) {
    return uploadsOver(other, new RepositoryReader(other), SIZES);
  }

  private Uploads uploadsOver(Table other, RepositoryReader repositoryReader, PartSizes sizes) {
    return new Uploads(other, objects, repositoryReader, keys, sealer, clock, sizes, quotas);
  }

  Repository create(RepositoryName name) {
    return repositories.create(ACCOUNT, name, Repository.Settings.defaults(), Map.of());
  }

  void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  Upload begin() {
    return uploads.begin(UPLOADER, Optional.empty());
  }

  Upload append(Upload upload, Body body) {
    return uploads.append(UPLOADER, upload.id(), upload.state(), Optional.empty(), body);
  }

  /** A chunk that goes behind what the client knows to be there. */
  Upload chunk(Upload upload, byte[] bytes) {
    var range = new ContentRange(upload.received(), upload.received() + bytes.length - 1);
    return chunk(upload, range, Body.of(bytes));
  }

  Upload chunk(Upload upload, ContentRange range, Body body) {
    return uploads.append(UPLOADER, upload.id(), upload.state(), Optional.of(range), body);
  }

  LayerLink commit(Upload upload, Digest digest) {
    return commit(upload, digest, Body.empty());
  }

  LayerLink commit(Upload upload, Digest digest, Body rest) {
    return uploads.commit(UPLOADER, upload.id(), upload.state(), digest, Optional.empty(), rest);
  }

  Upload status(Upload upload) {
    return uploads.status(UPLOADER, upload.id(), upload.state());
  }

  void cancel(Upload upload) {
    uploads.cancel(UPLOADER, upload.id(), upload.state());
  }

  /** That the repository has the layer, with these bytes and as many references to them. */
  void assertPushed(RepositoryName name, byte[] bytes, long refs) {
    Digest digest = Digest.sha256(bytes);
    LayerLink link = layers.stat(ACCOUNT, name, digest).orElseThrow();
    assertThat(link.size()).isEqualTo(bytes.length);
    assertThat(objects.bytes(link.objectKey())).isEqualTo(bytes);
    assertThat(blob(digest).orElseThrow().objectKey()).isEqualTo(link.objectKey());
    assertThat(blob(digest).orElseThrow().refs()).isEqualTo(refs);
  }

  void assertNothingIsThere(byte[] bytes) {
    assertThat(layers.stat(ACCOUNT, APP, Digest.sha256(bytes))).isEmpty();
    assertThat(blob(Digest.sha256(bytes))).isEmpty();
    assertThat(objects.keys()).isEmpty();
    assertThat(objects.openMultiparts()).isZero();
  }

  Optional<Blob> blob(Digest digest) {
    return table.get(Keys.blob(ACCOUNT, "AES256", digest), Consistency.STRONG).map(Blob::of);
  }

  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  static byte[] slice(byte[] bytes, long from, long to) {
    return Arrays.copyOfRange(bytes, (int) from, (int) to);
  }

  /** A body whose length the client does not say. */
  static Body streamed(byte[] bytes) {
    return new Body(new ByteArrayInputStream(bytes), OptionalLong.empty());
  }

  /** A body that breaks off behind these bytes. */
  static Body broken(byte[] bytes) {
    InputStream stream =
        followedBy(
            bytes,
            () -> {
              throw new IOException("connection reset");
            });
    return new Body(stream, OptionalLong.empty());
  }

  interface Event {
    void happen() throws IOException;
  }

  /** A body in the middle of which something else happens. */
  static Body interrupted(byte[] first, Event event, byte[] second) {
    InputStream both =
        new SequenceInputStream(followedBy(first, event), new ByteArrayInputStream(second));
    return new Body(both, OptionalLong.empty());
  }

  private static InputStream followedBy(byte[] bytes, Event event) {
    var before = new ByteArrayInputStream(bytes);
    return new InputStream() {
      private boolean over;

      @Override
      public int read() throws IOException {
        int read = before.read();
        if (read < 0 && !over) {
          event.happen();
          over = true;
        }
        return read;
      }
    };
  }
}
