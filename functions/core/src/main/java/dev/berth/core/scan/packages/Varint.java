package dev.berth.core.scan.packages;

/**
 * A number of SQLite, of one to nine bytes.
 *
 * @param end where the byte after it is
 */
record Varint(long value, long end) {

  static Varint read(Bytes bytes, long at) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      int next = bytes.u8(at + i);
      value = value << 7 | next & 0x7f;
      if (next < 0x80) {
        return new Varint(value, at + i + 1);
      }
    }
    return new Varint(value << 8 | bytes.u8(at + 8), at + 9);
  }
}
