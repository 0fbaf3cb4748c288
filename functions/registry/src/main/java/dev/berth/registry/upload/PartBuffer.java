package dev.berth.registry.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that become one part: grows with what arrives, up to the size of a part. */
final class PartBuffer {

  private static final int SMALLEST = 64 << 10;

  /** What a client's word about the length of its body is good for: the rest has to arrive. */
  private static final int LARGEST_ON_TRUST = 1 << 20;

  private final int capacity;
  private byte[] bytes;
  private int count;
  private int hashed;

  /**
   * @param expected how many bytes are likely to come; more and less are fine
   */
  PartBuffer(int capacity, long expected) {
    this.capacity = capacity;
    long size = Math.clamp(expected, SMALLEST, LARGEST_ON_TRUST);
    this.bytes = new byte[(int) Math.min(capacity, size)];
  }

  /** Takes bytes whose hash is known already. */
  void seed(InputStream in, int size) throws IOException {
    if (size > bytes.length) {
      bytes = new byte[capacity];
    }
    count = in.readNBytes(bytes, 0, size);
    hashed = count;
  }

  void add(int oneByte) {
    bytes[count++] = (byte) oneByte;
  }

  /**
   * Reads once.
   *
   * @param most not to be exceeded
   * @return how many bytes came; -1 at the end of the stream
   */
  int readFrom(InputStream in, long most) throws IOException {
    if (count == bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(capacity, 2L * bytes.length));
    }
    int read = in.read(bytes, count, (int) Math.min(bytes.length - count, most));
    count += Math.max(read, 0);
    return read;
  }

  void clear() {
    count = 0;
    hashed = 0;
  }

  boolean isFull() {
    return count == capacity;
  }

  int size() {
    return count;
  }

  ByteBuffer content() {
    return ByteBuffer.wrap(bytes, 0, count);
  }

  void hashInto(Hasher hasher) {
    hasher.update(bytes, hashed, count - hashed);
  }
}
