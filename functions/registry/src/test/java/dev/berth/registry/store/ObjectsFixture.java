package dev.berth.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.store.Objects.Method;
import dev.berth.registry.store.Objects.ObjectExistsException;
import dev.berth.registry.store.Objects.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;

/** What the tests of {@link ObjectsContract} ask of an adapter, and their means. */
abstract class ObjectsFixture {

  static final Duration MINUTE = Duration.ofMinutes(1);

  private final Random random = new Random(7);
  final List<String> keys = new ArrayList<>();

  /** The adapter under test. */
  protected abstract Objects objects();

  /** A link as {@link Objects#signedLink} made it at this time. */
  protected abstract URI linkSignedAt(Instant time, String key, Method method, Duration validity);

  /** How the objects of all tests are written. */
  protected ObjectEncryption encryption() {
    return ObjectEncryption.STANDARD;
  }

  /**
   * Why a stand-in for the real store takes neither keys of 512 characters nor one that goes on
   * where another ends. Empty for the real ones.
   */
  protected Optional<String> whyNotAllKeys() {
    return Optional.empty();
  }

  @AfterEach
  void leaveNothing() {
    keys.forEach(objects()::delete);
  }

  int smallest() {
    return Math.max(objects().smallestPart(), 1000);
  }

  /** A fresh key, whose object is deleted after the test. */
  final String key() {
    String key = "contract/" + UUID.randomUUID();
    keys.add(key);
    return key;
  }

  final String put(byte[] bytes) {
    String key = key();
    objects().put(key, ByteBuffer.wrap(bytes), encryption());
    return key;
  }

  final Part part(String key, String id, int number, byte[] bytes) {
    return objects().part(key, id, number, ByteBuffer.wrap(bytes));
  }

  final byte[] all(String key) throws IOException {
    return read(key, 0, Long.MAX_VALUE);
  }

  final byte[] read(String key, long offset, long length) throws IOException {
    try (InputStream stream = objects().get(key, offset, length)) {
      return stream.readAllBytes();
    }
  }

  final byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  ByteBuffer buffer(int count) {
    return ByteBuffer.wrap(bytes(count));
  }

  static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** The last bytes. */
  static byte[] slice(byte[] bytes, int negative) {
    return slice(bytes, bytes.length + negative, bytes.length);
  }

  static byte[] concat(byte[]... arrays) {
    var out = new ByteArrayOutputStream();
    for (byte[] array : arrays) {
      out.writeBytes(array);
    }
    return out.toByteArray();
  }

  /** Which of those that do this at once are not told that the object exists. */
  static List<Integer> race(int count, IntConsumer attempt) throws Exception {
    var start = new CountDownLatch(1);
    var attempts = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        int me = i;
        attempts.add(
            threads.submit(
                () -> {
                  start.await();
                  attempt.accept(me);
                  return null;
                }));
      }
      start.countDown();
    }
    var winners = new ArrayList<Integer>();
    for (int i = 0; i < count; i++) {
      Optional<Throwable> failure = failure(attempts.get(i));
      assertThat(failure.stream())
          .allSatisfy(e -> assertThat(e).isInstanceOf(ObjectExistsException.class));
      if (failure.isEmpty()) {
        winners.add(i);
      }
    }
    return winners;
  }

  static Optional<Throwable> failure(Future<?> future) throws InterruptedException {
    try {
      future.get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(e.getCause());
    }
  }
}
