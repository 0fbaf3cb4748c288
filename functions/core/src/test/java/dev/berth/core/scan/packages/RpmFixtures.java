package dev.berth.core.scan.packages;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Databases of rpm as rpm would write them, of the headers that a test wants in them. */
public final class RpmFixtures {

  static final int NAME = 1000;
  static final int VERSION = 1001;
  static final int RELEASE = 1002;
  static final int EPOCH = 1003;
  static final int ARCHITECTURE = 1022;
  static final int SOURCE_RPM = 1044;
  static final int MODULARITY_LABEL = 5096;

  /** Of no interest to us, and long: what makes a header need overflow pages. */
  private static final int DESCRIPTION = 1005;

  private RpmFixtures() {}

  // ---- headers ---------------------------------------------------------------------------------

  /** A header's entries; a text, or an {@code int}. */
  public static final class Header {

    private final List<int[]> entries = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    public Header text(int tag, String value) {
      return bytes(tag, 6, 1, (value + "\0").getBytes(StandardCharsets.UTF_8));
    }

    Header number(int tag, int value) {
      while (data.size() % 4 != 0) {
        data.write(0);
      }
      return bytes(tag, 4, 1, ByteBuffer.allocate(4).putInt(value).array());
    }

    Header bytes(int tag, int type, int count, byte[] value) {
      entries.add(new int[] {tag, type, data.size(), count});
      data.writeBytes(value);
      return this;
    }

    /** With a description of so many letters. */
    public Header filled(int letters) {
      return text(DESCRIPTION, "x".repeat(letters));
    }

    public byte[] write() {
      ByteBuffer header = ByteBuffer.allocate(8 + 16 * entries.size() + data.size());
      header.putInt(entries.size()).putInt(data.size());
      entries.forEach(entry -> Arrays.stream(entry).forEach(header::putInt));
      return header.put(data.toByteArray()).array();
    }
  }

  /** Of {@code name-version-release.x86_64}. */
  public static Header header(String name, String version, String release) {
    return new Header()
        .text(NAME, name)
        .text(VERSION, version)
        .text(RELEASE, release)
        .text(ARCHITECTURE, "x86_64");
  }

  /** Of many packages, {@code p0-1-1} and so on, with ever longer headers. */
  public static byte[][] headers(int count, int letters) {
    return Stream.iterate(0, i -> i + 1)
        .limit(count)
        .map(i -> header("p" + i, "1", "1").filled(i * letters / count).write())
        .toArray(byte[][]::new);
  }

  // ---- NDB -------------------------------------------------------------------------------------

  public static byte[] ndb(byte[]... headers) {
    int pages = (headers.length + 2) * 16 / 4096 + 1;
    ByteBuffer file = allocate(pages * 4096 + length(headers), ByteOrder.LITTLE_ENDIAN);
    ascii(file, "RpmP").putInt(0).putInt(1).putInt(pages).putInt(headers.length + 1);
    int blob = pages * 4096;
    for (int i = 0; i < pages * 256 - 2; i++) {
      ascii(file.position(32 + i * 16), "Slot");
      if (i < headers.length) {
        int length = padded(16 + headers[i].length + 12);
        file.putInt(i + 1).putInt(blob / 16).putInt(length / 16);
        ascii(file.position(blob), "BlbS").putInt(i + 1).putInt(1).putInt(headers[i].length);
        file.put(headers[i]);
        ascii(file.position(blob + length - 12).putInt(0).putInt(headers[i].length), "BlbE");
        blob += length;
      }
    }
    return Arrays.copyOf(file.array(), blob);
  }

  private static int padded(int length) {
    return (length + 15) / 16 * 16;
  }

  private static int length(byte[][] headers) {
    return Arrays.stream(headers).mapToInt(header -> padded(28 + header.length)).sum();
  }

  // ---- BerkeleyDB ------------------------------------------------------------------------------

  /** A page of the table for each header, and overflow pages for one of more than a quarter. */
  public static byte[] berkeley(ByteOrder order, int pageSize, byte[]... headers) {
    List<byte[]> pages = new ArrayList<>();
    pages.add(new byte[0]);
    pages.add(hashPage(order, pageSize, 0, new byte[] {1, 9, 0, 0, 0}));
    for (int i = 0; i < headers.length; i++) {
      if (headers[i].length <= pageSize / 4) {
        byte[] value = new byte[1 + headers[i].length];
        value[0] = 1;
        System.arraycopy(headers[i], 0, value, 1, headers[i].length);
        pages.add(hashPage(order, pageSize, i + 1, value));
      } else {
        int first = pages.size() + 1;
        byte[] value =
            allocate(12, order)
                .putInt(4, first)
                .putInt(8, headers[i].length)
                .put(0, (byte) 3)
                .array();
        pages.add(hashPage(order, pageSize, i + 1, value));
        addOverflowPages(order, pageSize, headers[i], pages);
      }
    }
    ByteBuffer first = allocate(pageSize, order);
    first.putInt(12, 0x061561).putInt(16, 9).putInt(20, pageSize).put(25, (byte) 8);
    first.putInt(32, pages.size() - 1);
    pages.set(0, first.array());
    return joined(pages);
  }

  private static byte[] hashPage(ByteOrder order, int pageSize, int key, byte[] value) {
    ByteBuffer page = allocate(pageSize, order).putShort(20, (short) 2).put(25, (byte) 13);
    int keyAt = pageSize - 5;
    int valueAt = keyAt - value.length;
    page.putShort(26, (short) keyAt).putShort(28, (short) valueAt);
    page.put(keyAt, (byte) 1).putInt(keyAt + 1, key).put(valueAt, value);
    return page.array();
  }

  private static void addOverflowPages(
      ByteOrder order, int pageSize, byte[] header, List<byte[]> pages) {
    int room = pageSize - 26;
    for (int from = 0; from < header.length; from += room) {
      int here = Math.min(room, header.length - from);
      ByteBuffer page = allocate(pageSize, order).putShort(20, (short) 1).put(25, (byte) 7);
      page.putInt(16, from + here < header.length ? pages.size() + 1 : 0);
      pages.add(page.putShort(22, (short) here).put(26, header, from, here).array());
    }
  }

  // ---- SQLite ----------------------------------------------------------------------------------

  /** A leaf for each header, below one page or, of more than two, below two levels of pages. */
  public static byte[] sqlite(int pageSize, byte[]... headers) {
    return new SqliteFixture(pageSize).write(headers);
  }

  // ---- bytes -----------------------------------------------------------------------------------

  static ByteBuffer allocate(int length, ByteOrder order) {
    return ByteBuffer.allocate(length).order(order);
  }

  private static ByteBuffer ascii(ByteBuffer to, String text) {
    return to.put(text.getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] joined(List<byte[]> parts) {
    var all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
