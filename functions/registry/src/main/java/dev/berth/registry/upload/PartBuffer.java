package dev.berth.registry.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes that become one part: grows with what arrives, up to the size of a part, or up to what
 * memory is left.
 */
final class PartBuffer {

  private static final int SMALLEST = 64 << 10;

  /** So much every buffer has, and so much a client's word about its body's length is good for. */
  private static final int GRANTED = 1 << 20;

  private final int smallestPart;
  private final int capacity;
  private final BufferMemory memory;
  private byte[] bytes;
  private int taken;
  private int count;
  private int hashed;
  private boolean cannotGrow;

  /**
   * @param smallestPart that the store takes: with less, the buffer grows whether or not there is
   *     memory
   * @param capacity not to be exceeded
   * @param expected how many bytes are likely to come; more and less are fine
   */
  PartBuffer(int smallestPart, int capacity, long expected, BufferMemory memory) {
    this.smallestPart = smallestPart;
    this.capacity = capacity;
    this.memory = memory;
    this.bytes = new byte[Math.min(capacity, Math.clamp(expected, SMALLEST, GRANTED))];
  }

  /** Takes bytes whose hash is known already. */
  void seed(InputStream in, int size) throws IOException {
    if (size > bytes.length) {
      int more = more(capacity);
      memory.take(more);
      grow(capacity, more);
    }
    count = in.readNBytes(bytes, 0, size);
    hashed = count;
  }

  void add(int oneByte) {
    bytes[count++] = (byte) oneByte;
  }

  /**
   * Reads once; nothing where the buffer turns out to be full.
   *
   * @param most not to be exceeded
   * @return how many bytes came; -1 at the end of the stream
   */
  int readFrom(InputStream in, long most) throws IOException {
    if (count == bytes.length && !makeRoom()) {
      return 0;
    }
    int read = in.read(bytes, count, (int) Math.min(bytes.length - count, most));
    count += Math.max(read, 0);
    return read;
  }

  private boolean makeRoom() {
    int larger = (int) Math.min(capacity, 2L * bytes.length);
    int more = more(larger);
    if (count < smallestPart) {
      memory.take(more);
    } else if (!memory.tryTake(more)) {
      cannotGrow = true;
      return false;
    }
    grow(larger, more);
    return true;
  }

  /** What growing takes from the memory that all share. */
  private int more(int larger) {
    return Math.max(0, larger - Math.max(bytes.length, GRANTED));
  }

  private void grow(int larger, int more) {
    bytes = Arrays.copyOf(bytes, larger);
    taken += more;
  }

  /** Makes it empty, for the next part. */
  void clear() {
    count = 0;
    hashed = 0;
    cannotGrow = false;
  }

  /** Gives its memory back: it is not used any more. */
  void release() {
    memory.giveBack(taken);
    taken = 0;
  }

  boolean isFull() {
    return count == capacity || cannotGrow;
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
