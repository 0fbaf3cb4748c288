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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** {@link Objects} in memory, for fast tests. Counts its writes. */
public final class MemoryObjects implements Objects {

  /** S3's bound. */
  public static final int FIVE_MIB = 5 << 20;

  private final int smallestPart;
  private final EncryptionKeys keys;
  private final Map<String, byte[]> objects = new HashMap<>();
  private final Map<String, ObjectEncryption> encryptions = new HashMap<>();
  private final Map<String, Multipart> multiparts = new HashMap<>();
  private final AtomicInteger writes = new AtomicInteger();
  private boolean refusesDeletions;

  private record Multipart(
      String key, ObjectEncryption encryption, TreeMap<Integer, Written> parts) {}

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
  }

  @Override
  public synchronized String begin(String key, ObjectEncryption encryption) {
    requireUsable(encryption);
    String id = UUID.randomUUID().toString();
    multiparts.put(id, new Multipart(ObjectRules.key(key), encryption, new TreeMap<>()));
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
