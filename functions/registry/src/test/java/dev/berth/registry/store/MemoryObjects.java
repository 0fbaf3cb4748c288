package dev.berth.registry.store;

import dev.berth.core.oci.Digest;
import dev.berth.registry.encryption.EncryptionKeys;
import dev.berth.registry.encryption.KeyArn;
import dev.berth.registry.encryption.MemoryKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** {@link Objects} in memory, for fast tests. Counts its writes. */
public final class MemoryObjects implements Objects {

  /** S3's bound. */
  public static final int FIVE_MIB = 5 << 20;

  private final int smallestPart;
  private final EncryptionKeys keys;
  private final TreeMap<String, byte[]> objects = new TreeMap<>();
  private final Map<String, Instant> times = new HashMap<>();
  private final Map<String, ObjectEncryption> encryptions = new HashMap<>();
  private final TreeMap<String, Multipart> multiparts = new TreeMap<>();
  private final AtomicInteger writes = new AtomicInteger();
  private boolean refusesDeletions;
  private volatile InstantSource clock = InstantSource.system();

  private record Multipart(
      String key, ObjectEncryption encryption, TreeMap<Integer, Written> parts, Instant begunAt) {}

  private record Written(Part part, byte[] bytes) {}

  public MemoryObjects(int smallestPart) {
    this(smallestPart, new MemoryKeys());
  }

  /**
   * @param keys those of objects that are encrypted with one
   */
  public MemoryObjects(int smallestPart, EncryptionKeys keys) {
    this.smallestPart = smallestPart;
    this.keys = keys;
  }

  /** How an object was written. */
  public synchronized ObjectEncryption encryption(String key) {
    return encryptions.get(key);
  }

  private void requireUsable(ObjectEncryption encryption) {
    if (encryption instanceof ObjectEncryption.Kms(String arn, String repository)) {
      keys.requireUsable(KeyArn.parse(arn).orElseThrow());
    }
  }

  /** By which objects are written from now on. */
  public void keepTimeBy(InstantSource other) {
    clock = other;
  }

  /** Whether deletions fail from now on. */
  public synchronized void refuseDeletions(boolean refused) {
    refusesDeletions = refused;
  }

  /** How many objects and parts were written since the last time this was asked. */
  public int takeWrites() {
    return writes.getAndSet(0);
  }

  public synchronized Set<String> keys() {
    return new TreeSet<>(objects.keySet());
  }

  public synchronized byte[] bytes(String key) {
    return objectAt(key).clone();
  }

  /** How many multipart writes are neither complete nor aborted. */
  public synchronized int openMultiparts() {
    return multiparts.size();
  }

  @Override
  public int smallestPart() {
    return smallestPart;
  }

  @Override
  public synchronized void put(String key, ByteBuffer bytes, ObjectEncryption encryption) {
    requireUsable(encryption);
    writes.incrementAndGet();
    if (objects.putIfAbsent(ObjectRules.key(key), copy(bytes)) != null) {
      throw new ObjectExistsException(key);
    }
    encryptions.put(key, encryption);
    times.put(key, clock.instant());
  }

  @Override
  public synchronized void copy(String source, String key, ObjectEncryption encryption) {
    put(key, ByteBuffer.wrap(range(source, 0, Long.MAX_VALUE)), encryption);
  }

  @Override
  public synchronized String begin(String key, ObjectEncryption encryption) {
    requireUsable(encryption);
    String id = UUID.randomUUID().toString();
    multiparts.put(
        id, new Multipart(ObjectRules.key(key), encryption, new TreeMap<>(), clock.instant()));
    return id;
  }

  @Override
  public synchronized Part part(String key, String multipart, int number, ByteBuffer bytes) {
    return write(key, multipart, number, copy(bytes));
  }

  @Override
  public synchronized Part copyPart(
      String key, String multipart, int number, String source, long offset, long length) {
    Multipart open = multiparts.get(multipart);
    if (open == null) {
      throw new NoSuchMultipartException(key);
    }
    byte[] bytes = objectAt(source);
    if (offset < 0 || length < 1 || offset + length > bytes.length) {
      throw new IllegalArgumentException("%d bytes from %d".formatted(length, offset));
    }
    return write(key, multipart, number, range(source, offset, length));
  }

  private Part write(String key, String multipart, int number, byte[] bytes) {
    writes.incrementAndGet();
    ObjectRules.partNumber(number);
    Multipart open = multiparts.get(multipart);
    if (open == null || !open.key().equals(key)) {
      throw new NoSuchMultipartException(key);
    }
    requireUsable(open.encryption());
    String etag = Digest.sha256(bytes).hex();
    var part = new Part(number, etag, bytes.length);
    open.parts().put(number, new Written(part, bytes));
    return part;
  }

  @Override
  public synchronized List<Part> parts(String key, String multipart) {
    Multipart open = multiparts.get(multipart);
    return open == null || !open.key().equals(key)
        ? List.of()
        : open.parts().values().stream().map(Written::part).toList();
  }

  @Override
  public synchronized void complete(String key, String multipart, List<Part> parts) {
    List<Part> ordered = ObjectRules.inOrder(parts);
    Multipart open = multiparts.get(multipart);
    if (open == null || !open.key().equals(key)) {
      throw new PartsDifferException(key);
    }
    requireUsable(open.encryption());
    if (objects.containsKey(key)) {
      throw new ObjectExistsException(key);
    }
    var whole = new ByteArrayOutputStream();
    for (Part part : ordered) {
      Written written = open.parts().get(part.number());
      if (written == null || !written.part().equals(part)) {
        throw new PartsDifferException(key);
      }
      if (!part.equals(ordered.getLast()) && part.size() < smallestPart) {
        throw new StoreException("part %d of %s is too small".formatted(part.number(), key));
      }
      whole.writeBytes(written.bytes());
    }
    objects.put(key, whole.toByteArray());
    encryptions.put(key, open.encryption());
    times.put(key, clock.instant());
    multiparts.remove(multipart);
  }

  @Override
  public synchronized void abort(String key, String multipart) {
    multiparts.computeIfPresent(multipart, (id, open) -> open.key().equals(key) ? null : open);
  }

  @Override
  public synchronized InputStream get(String key, long offset, long length) {
    return new ByteArrayInputStream(range(key, offset, length));
  }

  @Override
  public synchronized void delete(String key) {
    if (refusesDeletions) {
      throw new StoreException("cannot delete " + key);
    }
    objects.remove(ObjectRules.key(key));
  }

  @Override
  public synchronized Page<Stored> list(Optional<String> after, int limit) {
    return page(
        objects, after, limit, (key, bytes) -> new Stored(key, bytes.length, times.get(key)));
  }

  @Override
  public synchronized Page<OpenMultipart> multiparts(Optional<String> after, int limit) {
    return page(
        multiparts, after, limit, (id, open) -> new OpenMultipart(open.key(), id, open.begunAt()));
  }

  private static <V, R> Page<R> page(
      NavigableMap<String, V> all, Optional<String> after, int limit, BiFunction<String, V, R> of) {
    List<Map.Entry<String, V>> page =
        after.map(key -> all.tailMap(key, false)).orElse(all).entrySet().stream()
            .limit(limit + 1L)
            .toList();
    boolean more = page.size() > limit;
    List<Map.Entry<String, V>> entries = more ? page.subList(0, limit) : page;
    return new Page<>(
        entries.stream().map(entry -> of.apply(entry.getKey(), entry.getValue())).toList(),
        more ? Optional.of(entries.getLast().getKey()) : Optional.empty());
  }

  @Override
  public URI signedLink(String key, Method method, Duration validity) {
    return URI.create("memory:///" + ObjectRules.key(key) + "?method=" + method);
  }

  private byte[] range(String key, long offset, long length) {
    ObjectRules.range(offset, length);
    byte[] whole = objectAt(key);
    requireUsable(encryption(key));
    int from = (int) Math.min(offset, whole.length);
    return Arrays.copyOfRange(whole, from, from + (int) Math.min(length, whole.length - from));
  }

  private byte[] objectAt(String key) {
    byte[] bytes = objects.get(ObjectRules.key(key));
    if (bytes == null) {
      throw new NoSuchObjectException(key);
    }
    return bytes;
  }

  private static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }
}
