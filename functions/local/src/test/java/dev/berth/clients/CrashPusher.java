package dev.berth.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.oci.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Pushes image after image until the registry is gone, and remembers what it acknowledged. */
final class CrashPusher {

  private static final int CHUNK = 5 << 20;
  private static final int[] LARGE = {1000, 200_000, 3 << 20, 6 << 20, 12 << 20};
  private static final int[] SMALL = {100, 1000, 20_000};

  private final RawClient client;
  private final String repository;
  private final Fuse fuse;
  private final SplittableRandom random;
  private final int[] sizes;
  private final List<RandomBlob> shared;
  private final List<Attempt> attempts = new ArrayList<>();

  /**
   * @param large whether to push layers of several chunks, or ones that are soon committed
   * @param shared layers that other pushers push too
   */
  CrashPusher(
      RawClient client,
      String repository,
      Fuse fuse,
      SplittableRandom random,
      boolean large,
      List<RandomBlob> shared) {
    this.client = client;
    this.repository = repository;
    this.fuse = fuse;
    this.random = random;
    this.sizes = large ? LARGE : SMALL;
    this.shared = shared;
  }

  /** Ends when the connection breaks; fails if the registry refuses anything before that. */
  List<Attempt> pushUntilGone() {
    while (true) {
      var attempt = new Attempt(nextImage());
      attempts.add(attempt);
      try {
        push(attempt);
      } catch (IOException gone) {
        return attempts;
      }
    }
  }

  private RandomImage nextImage() {
    var layers = new ArrayList<RandomBlob>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      layers.add(
          random.nextInt(4) == 0
              ? shared.get(random.nextInt(shared.size()))
              : RandomBlob.of(random.nextLong(), sizes[random.nextInt(sizes.length)]));
    }
    var config = RandomBlob.of(random.nextLong(), 200);
    return new RandomImage(repository, "t" + attempts.size(), config, layers);
  }

  /** Pushes it whole, as a client does that begins again after a failure. */
  void push(Attempt attempt) throws IOException {
    RandomImage image = attempt.image();
    for (RandomBlob layer : image.layers()) {
      push(layer);
      attempt.blobs().add(layer.digest());
    }
    push(image.config());
    attempt.blobs().add(image.config().digest());
    fuse.step();
    expect(201, client.putManifest(repository, image.tag(), image.manifest()));
    attempt.acknowledge();
  }

  private void push(RandomBlob blob) throws IOException {
    fuse.step();
    URI upload = client.location(expect(202, client.beginUpload(repository)));
    byte[] bytes = blob.bytes();
    switch (random.nextInt(4)) {
      case 0 -> {
        commit(upload, blob, bytes);
        return;
      }
      case 1 -> upload = chunked(upload, bytes);
      case 2 -> upload = streamed(upload, fuse.known(bytes, 0, bytes.length));
      default -> upload = streamed(upload, fuse.unknown(bytes, 0, bytes.length));
    }
    commit(upload, blob, new byte[0]);
  }

  private URI streamed(URI upload, BodyPublisher body) throws IOException {
    return client.location(expect(202, client.append(upload, body)));
  }

  private URI chunked(URI upload, byte[] bytes) throws IOException {
    URI next = upload;
    for (int first = 0; first < bytes.length; first += CHUNK) {
      int length = Math.min(CHUNK, bytes.length - first);
      var body = fuse.known(bytes, first, length);
      next = client.location(expect(202, client.append(next, body, first, first + length - 1)));
    }
    return next;
  }

  private void commit(URI upload, RandomBlob blob, byte[] body) throws IOException {
    fuse.step();
    expect(201, client.commit(upload, blob.digest(), fuse.known(body, 0, body.length)));
  }

  private static HttpResponse<byte[]> expect(int status, HttpResponse<byte[]> response) {
    if (response.statusCode() != status) {
      String body = new String(response.body(), UTF_8);
      throw new AssertionError(response + ": " + body);
    }
    return response;
  }

  /** One push, with the blobs that were acknowledged of it. */
  static final class Attempt {

    private final RandomImage image;
    private final Set<Digest> blobs = new LinkedHashSet<>();
    private boolean acknowledged;

    Attempt(RandomImage image) {
      this.image = image;
    }

    RandomImage image() {
      return image;
    }

    Set<Digest> blobs() {
      return blobs;
    }

    /** Whether its manifest was answered 201. */
    boolean acknowledged() {
      return acknowledged;
    }

    private void acknowledge() {
      acknowledged = true;
    }
  }
}
