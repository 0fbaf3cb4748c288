package dev.berth.core.scan.packages;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes a database of SQLite whose table {@code Packages} has a leaf for each row. */
final class SqliteFixture {

  private static final int CHILDREN = 2;

  private final int pageSize;
  private final List<byte[]> pages = new ArrayList<>();

  SqliteFixture(int pageSize) {
    this.pageSize = pageSize;
  }

  byte[] write(byte[]... headers) {
    pages.add(new byte[0]);
    List<Integer> level = new ArrayList<>();
    for (int i = 0; i < headers.length; i++) {
      level.add(addLeaf(i + 1, record(new int[] {0, headers[i].length * 2 + 12}, headers[i])));
    }
    if (headers.length == 0) {
      level.add(add(page(13, 0, 0)));
    }
    while (level.size() > 1) {
      level = parents(level);
    }
    pages.set(0, schema(level.getFirst()));
    return RpmFixtures.joined(pages);
  }

  /** In pages of few children, so that there are several levels. */
  private List<Integer> parents(List<Integer> children) {
    List<Integer> parents = new ArrayList<>();
    for (int i = 0; i < children.size(); i += CHILDREN) {
      List<Integer> here = children.subList(i, Math.min(i + CHILDREN, children.size()));
      ByteBuffer page = page(5, 0, here.size() - 1).putInt(8, here.getLast());
      for (int j = 0; j < here.size() - 1; j++) {
        int cell = pageSize - (j + 1) * 5;
        page.putShort(12 + 2 * j, (short) cell).putInt(cell, here.get(j)).put(cell + 4, (byte) 1);
      }
      parents.add(add(page));
    }
    return parents;
  }

  private byte[] schema(int root) {
    byte[] type = "table".getBytes(StandardCharsets.US_ASCII);
    byte[] name = "Packages".getBytes(StandardCharsets.US_ASCII);
    byte[] row =
        record(
            new int[] {type.length * 2 + 13, name.length * 2 + 13, name.length * 2 + 13, 4, 13},
            type,
            name,
            name,
            ByteBuffer.allocate(4).putInt(root).array());
    ByteBuffer page = page(13, 100, 1);
    page.put(0, "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII));
    page.putShort(16, (short) (pageSize == 65_536 ? 1 : pageSize)).putInt(56, 1);
    putCell(page, 108, 1, row, row.length, 0);
    return page.array();
  }

  private int addLeaf(int key, byte[] row) {
    int here = local(row.length);
    int number = add(page(13, 0, 1));
    ByteBuffer page = ByteBuffer.wrap(pages.get(number - 1));
    putCell(page, 8, key, row, here, here == row.length ? 0 : pages.size() + 1);
    int room = pageSize - 4;
    for (int from = here; from < row.length; from += room) {
      int length = Math.min(room, row.length - from);
      ByteBuffer overflow = RpmFixtures.allocate(pageSize, ByteOrder.BIG_ENDIAN);
      overflow.putInt(0, from + length < row.length ? pages.size() + 2 : 0);
      add(overflow.put(4, row, from, length));
    }
    return number;
  }

  /** How much of a row SQLite has on its leaf. */
  private int local(int length) {
    int most = pageSize - 35;
    if (length <= most) {
      return length;
    }
    int least = (pageSize - 12) * 32 / 255 - 23;
    int wanted = least + (length - least) % (pageSize - 4);
    return wanted <= most ? wanted : least;
  }

  private void putCell(ByteBuffer page, int pointer, int key, byte[] row, int here, int overflow) {
    byte[] before = RpmFixtures.joined(List.of(varint(row.length), varint(key)));
    int cell = pageSize - before.length - here - 4;
    page.putShort(pointer, (short) cell).put(cell, before).put(cell + before.length, row, 0, here);
    page.putInt(pageSize - 4, overflow);
  }

  private ByteBuffer page(int type, int header, int cells) {
    ByteBuffer page = RpmFixtures.allocate(pageSize, ByteOrder.BIG_ENDIAN);
    return page.put(header, (byte) type).putShort(header + 3, (short) cells);
  }

  private int add(ByteBuffer page) {
    pages.add(page.array());
    return pages.size();
  }

  private static byte[] record(int[] types, byte[]... values) {
    var header = new ByteArrayOutputStream();
    for (int type : types) {
      header.writeBytes(varint(type));
    }
    List<byte[]> parts = new ArrayList<>();
    parts.add(varint(header.size() + 1));
    parts.add(header.toByteArray());
    parts.addAll(List.of(values));
    return RpmFixtures.joined(parts);
  }

  private static byte[] varint(long value) {
    int groups = Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
    byte[] bytes = new byte[groups];
    for (int i = 0; i < groups; i++) {
      int group = (int) (value >> 7 * (groups - 1 - i)) & 0x7f;
      bytes[i] = (byte) (i < groups - 1 ? group | 0x80 : group);
    }
    return bytes;
  }
}
