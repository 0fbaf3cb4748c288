package dev.berth.registry.scan.layer;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952), of one member or several. The JDK's own takes a second member that is
 * damaged for the end, as it does when the source has to wait for more: then packages would be
 * missing, and nobody would know.
 */
final class GzipInput extends InputStream {

  private static final int BUFFER = 65_536;

  // flags
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private int next;
  private int end;
  private boolean inMember;
  private boolean ended;

  GzipInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (inMember || beginMember()) {
      int unpacked = inflate(to, offset, length);
      if (unpacked > 0) {
        crc.update(to, offset, unpacked);
        return unpacked;
      }
      if (inflater.finished()) {
        endMember();
      } else {
        feed();
      }
    }
    return -1;
  }

  private int inflate(byte[] to, int offset, int length) {
    try {
      return inflater.inflate(to, offset, length);
    } catch (DataFormatException e) {
      throw corrupt(String.valueOf(e.getMessage()));
    }
  }

  private void feed() throws IOException {
    requireMore();
    inflater.setInput(buffer, next, end - next);
    next = end;
  }

  /** Whether there is another member. */
  private boolean beginMember() throws IOException {
    if (ended || !hasMore()) {
      ended = true;
      return false;
    }
    if (!isMember()) {
      return false;
    }
    inflater.reset();
    crc.reset();
    inMember = true;
    return true;
  }

  /** Reads a member's header; zeros may fill up the end of the last one's last block. */
  private boolean isMember() throws IOException {
    int first = one();
    while (first == 0 && hasMore()) {
      first = one();
    }
    if (first == 0) {
      ended = true;
      return false;
    }
    if (first != 0x1f || one() != 0x8b || one() != 8) {
      throw corrupt("something else follows a member");
    }
    skipHeader(one());
    return true;
  }

  private void skipHeader(int flags) throws IOException {
    if ((flags & RESERVED) != 0) {
      throw corrupt("its header has unknown flags");
    }
    // time, level and system
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(one() | one() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
  }

  private void endMember() throws IOException {
    next = end - inflater.getRemaining();
    inMember = false;
    if (four() != crc.getValue() || four() != (inflater.getBytesWritten() & 0xffff_ffffL)) {
      throw corrupt("its checksum differs");
    }
  }

  private long four() throws IOException {
    return one() | one() << 8 | one() << 16 | (long) one() << 24;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      one();
    }
  }

  private void skipText() throws IOException {
    int last = one();
    while (last != 0) {
      last = one();
    }
  }

  private int one() throws IOException {
    requireMore();
    return buffer[next++] & 0xff;
  }

  private void requireMore() throws IOException {
    if (!hasMore()) {
      throw new LayerException("its gzip ends too early");
    }
  }

  private boolean hasMore() throws IOException {
    if (next < end) {
      return true;
    }
    next = 0;
    end = Math.max(0, in.read(buffer, 0, BUFFER));
    return end > 0;
  }

  private static LayerException corrupt(String why) {
    return new LayerException("its gzip is corrupt: " + why);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
