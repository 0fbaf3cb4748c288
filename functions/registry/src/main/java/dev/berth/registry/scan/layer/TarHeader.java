package dev.berth.registry.scan.layer;

import java.nio.charset.StandardCharsets;

/**
 * A header block of a tar, of any of the formats v7, ustar, pax and GNU.
 *
 * @param block of 512 bytes
 */
record TarHeader(byte[] block) {

  static final int BLOCK = 512;

  private static final int NAME = 0;
  private static final int NAME_LENGTH = 100;
  private static final int SIZE = 124;
  private static final int CHECKSUM = 148;
  private static final int TYPE = 156;
  private static final int LINK_NAME = 157;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int PREFIX_LENGTH = 155;
  private static final int NUMBER_LENGTH = 12;

  boolean isZero() {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** Of its bytes, with blanks where it is itself; some tars add them up as signed ones. */
  boolean hasChecksum() {
    int unsigned = 8 * ' ' - sum(CHECKSUM, 8, 0xff);
    int signed = 8 * ' ' - sum(CHECKSUM, 8, -1);
    long written = octal(CHECKSUM, 8);
    return written == unsigned + sum(0, BLOCK, 0xff) || written == signed + sum(0, BLOCK, -1);
  }

  private int sum(int at, int length, int mask) {
    int sum = 0;
    for (int i = at; i < at + length; i++) {
      sum += block[i] & mask;
    }
    return sum;
  }

  char type() {
    return (char) (block[TYPE] & 0xff);
  }

  String name() {
    String name = text(NAME, NAME_LENGTH);
    // GNU's own format has the same magic but for its end, and times where the prefix is
    boolean hasPrefix = text(MAGIC, 6).equals("ustar") && block[PREFIX] != 0;
    return hasPrefix ? text(PREFIX, PREFIX_LENGTH) + "/" + name : name;
  }

  String linkName() {
    return text(LINK_NAME, NAME_LENGTH);
  }

  long size() {
    return number(SIZE);
  }

  /** In octal digits or, where they would not do, binary after a byte with its highest bit set. */
  long number(int at) {
    long number = block[at] < 0 ? binary(at) : octal(at, NUMBER_LENGTH);
    if (number < 0) {
      throw new LayerException("its tar has a number that is none, negative or too large");
    }
    return number;
  }

  private long binary(int at) {
    long number = block[at] == (byte) 0x80 ? 0 : -1;
    for (int i = at + 1; i < at + NUMBER_LENGTH; i++) {
      number = number < 0 || number >>> 55 != 0 ? -1 : number << 8 | block[i] & 0xff;
    }
    return number;
  }

  private long octal(int at, int length) {
    long number = 0;
    for (int i = at; i < at + length; i++) {
      int digit = block[i] - '0';
      if (digit >= 0 && digit < 8) {
        number = number << 3 | digit;
      } else if (block[i] != ' ' && block[i] != 0) {
        return -1;
      }
    }
    return number;
  }

  /** Up to a zero byte, if there is one. */
  private String text(int at, int length) {
    int end = at;
    while (end < at + length && block[end] != 0) {
      end++;
    }
    return new String(block, at, end - at, StandardCharsets.UTF_8);
  }
}
