package dev.berth.core.scan;

import java.util.Arrays;
import java.util.Random;

/**
 * Damages files as files are damaged, or as somebody would who knows of their blocks of 512 bytes.
 */
public record Mutator(Random random) {

  private static final int[] INTERESTING = {
    0,
    1,
    2,
    3,
    5,
    7,
    13,
    0x7f,
    0x80,
    0xff,
    0x100,
    0x1ff,
    0x200,
    0x7fff,
    0x8000,
    0xffff,
    0x10000,
    0x7fffffff,
    0x80000000,
    0xfffffff0,
    0xffffffff
  };

  public byte[] damaged(byte[] file) {
    byte[] damaged = file.clone();
    int times = 1 + random.nextInt(6);
    for (int i = 0; i < times; i++) {
      damaged = once(damaged);
    }
    return damaged;
  }

  private byte[] once(byte[] bytes) {
    switch (random.nextInt(8)) {
      case 0 -> bytes[place(bytes, 1)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[place(bytes, 1)] = (byte) random.nextInt();
      case 2 -> put(bytes, 2, INTERESTING[random.nextInt(INTERESTING.length)]);
      case 3 -> put(bytes, 4, INTERESTING[random.nextInt(INTERESTING.length)]);
      case 4 -> put(bytes, 4, random.nextInt(bytes.length / 512 + 2));
      case 5 -> put(bytes, 2, random.nextInt(520));
      case 6 -> copyPage(bytes);
      default -> {
        return random.nextInt(4) == 0
            ? Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length))
            : bytes;
      }
    }
    return bytes;
  }

  /** Half of the time near the beginning of a page, where its structure is. */
  private int place(byte[] bytes, int length) {
    int anywhere = random.nextInt(Math.max(1, bytes.length - length));
    return random.nextBoolean()
        ? anywhere
        : Math.min(anywhere / 512 * 512 + random.nextInt(40), Math.max(0, bytes.length - length));
  }

  private void put(byte[] bytes, int length, int value) {
    int at = place(bytes, length);
    boolean bigEndian = random.nextBoolean();
    for (int i = 0; i < length && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >> 8 * (bigEndian ? length - 1 - i : i));
    }
  }

  private void copyPage(byte[] bytes) {
    int pages = bytes.length / 512;
    if (pages > 1) {
      int from = random.nextInt(pages) * 512;
      System.arraycopy(bytes, from, bytes, random.nextInt(pages) * 512, 512);
    }
  }
}
