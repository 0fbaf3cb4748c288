package dev.berth.core.scan.feed.osv;

import dev.berth.core.scan.feed.FeedException;
import dev.berth.core.scan.feed.FeedLimits;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Remembers the end of a zip that is read as a stream. The JDK's reader takes a zip that is cut off
 * between two entries for a whole one; the record at the end says how many there should be (PKWARE
 * APPNOTE, 4.3.14 and 4.3.16).
 */
final class ZipTail extends FilterInputStream {

  /** Of the end record with the longest comment, and of those of zip64 before it. */
  private static final int KEPT = 65_535 + 22 + 20 + 56;

  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int MANY = 0xffff;

  private final byte[] ring = new byte[KEPT];
  // the JDK's reader asks for 512 bytes at a time
  private final byte[] buffer = new byte[KEPT];
  private int next;
  private int filled;
  private long read;

  ZipTail(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (!fill()) {
      return -1;
    }
    int more = Math.min(length, filled - next);
    System.arraycopy(buffer, next, bytes, offset, more);
    next += more;
    return more;
  }

  @Override
  public int available() {
    return filled - next;
  }

  private boolean fill() throws IOException {
    if (next < filled) {
      return true;
    }
    next = 0;
    filled = Math.max(0, in.read(buffer, 0, buffer.length));
    remember();
    return filled > 0;
  }

  private void remember() {
    int at = (int) (read % KEPT);
    int upToEnd = Math.min(filled, KEPT - at);
    System.arraycopy(buffer, 0, ring, at, upToEnd);
    System.arraycopy(buffer, upToEnd, ring, 0, filled - upToEnd);
    read += filled;
    if (read > FeedLimits.FEED) {
      throw new FeedException("the zip has more than %d bytes".formatted(FeedLimits.FEED));
    }
  }

  /**
   * Reads what is left, and how many entries the zip should have.
   *
   * @throws FeedException if it has no end
   */
  long entries() throws IOException {
    do {
      next = filled;
    } while (fill());
    ByteBuffer end = end();
    int at = last(end, END, end.limit() - 22);
    if (at < 0) {
      throw new FeedException("it is no zip, or cut off: the record at its end is missing");
    }
    int entries = end.getShort(at + 10) & 0xffff;
    int at64 = entries == MANY ? last(end, END_64, at - 56) : -1;
    return at64 < 0 ? entries : end.getLong(at64 + 32);
  }

  private ByteBuffer end() {
    int size = (int) Math.min(read, KEPT);
    ByteBuffer end = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (long i = read - size; i < read; i++) {
      end.put(ring[(int) (i % KEPT)]);
    }
    return end.flip();
  }

  private static int last(ByteBuffer bytes, int signature, int from) {
    int at = from;
    while (at >= 0 && bytes.getInt(at) != signature) {
      at--;
    }
    return at;
  }
}
