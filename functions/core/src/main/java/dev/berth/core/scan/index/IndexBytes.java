package dev.berth.core.scan.index;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * An index file while it is written: a magic number, the checksum of what follows, and integers and
 * texts. Everything is big-endian.
 */
final class IndexBytes {

  /** Magic number and checksum. */
  static final int HEADER = 2 * Integer.BYTES;

  private byte[] bytes = new byte[64 * 1024];
  private int size = HEADER;

  void putInt(int value) {
    reserve(Integer.BYTES);
    ByteBuffer.wrap(bytes).putInt(size, value);
    size += Integer.BYTES;
  }

  void put(byte[] text) {
    reserve(text.length);
    System.arraycopy(text, 0, bytes, size, text.length);
    size += text.length;
  }

  /** Fills up to the next integer. */
  void align() {
    int gap = -size & 3;
    reserve(gap);
    size += gap;
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * bytes.length, 1 << 30)));
    }
  }

  byte[] finish(int magic) {
    ByteBuffer.wrap(bytes).putInt(magic).putInt(checksum(bytes, size));
    return Arrays.copyOf(bytes, size);
  }

  /**
   * Behind the header of a file that is found to be whole.
   *
   * @throws InvalidIndexException if it is not
   */
  static ByteBuffer open(byte[] file, int magic) {
    ByteBuffer in = ByteBuffer.wrap(file).asReadOnlyBuffer();
    if (file.length < HEADER || in.getInt() != magic) {
      throw new InvalidIndexException("this is no index of this format");
    }
    if (in.getInt() != checksum(file, file.length)) {
      throw new InvalidIndexException("the index is damaged: its checksum is another one");
    }
    return in;
  }

  private static int checksum(byte[] file, int size) {
    CRC32C crc = new CRC32C();
    crc.update(file, HEADER, size - HEADER);
    return (int) crc.getValue();
  }
}
