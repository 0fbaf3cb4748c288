package dev.berth.core.scan.packages;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A range of a binary database. Whatever is read beyond it, at places and of lengths that the
 * database itself names, is refused.
 *
 * @param content its positions are not used
 */
record Bytes(ByteBuffer content) {

  static Bytes of(byte[] content, ByteOrder order) {
    return new Bytes(ByteBuffer.wrap(content).order(order));
  }

  int length() {
    return content.limit();
  }

  int u8(long at) {
    return content.get(require(at, 1)) & 0xff;
  }

  int u16(long at) {
    return content.getShort(require(at, 2)) & 0xffff;
  }

  long u32(long at) {
    return content.getInt(require(at, 4)) & 0xffff_ffffL;
  }

  /** A part of it, in the same byte order. */
  Bytes part(long at, long length) {
    return new Bytes(content.slice(require(at, length), (int) length).order(content.order()));
  }

  Bytes in(ByteOrder order) {
    return new Bytes(content.duplicate().order(order));
  }

  void copy(long at, byte[] to, int offset, int length) {
    content.get(require(at, length), to, offset, length);
  }

  /** Up to the next zero byte. */
  String text(long at) {
    int from = require(at, 0);
    int to = from;
    while (u8(to) != 0) {
      to++;
      if (to - from > PackageDatabases.LONGEST_TEXT) {
        throw new PackageDatabaseException(
            "a text has more than %d bytes".formatted(PackageDatabases.LONGEST_TEXT));
      }
    }
    return text(from, to - from);
  }

  String text(long at, int length) {
    byte[] bytes = new byte[length];
    copy(at, bytes, 0, length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The place, as an index, after which there are at least so many bytes. */
  private int require(long at, long length) {
    if (at < 0 || length < 0 || at > length() - length) {
      throw new PackageDatabaseException(
          "it ends at byte %d, before %d bytes at %d".formatted(length(), length, at));
    }
    return (int) at;
  }
}
