package dev.berth.core.scan.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.OptionalInt;

/**
 * The distinct texts of an index in the order of their UTF-8 bytes, each known by its place. A text
 * is decoded when it is asked for, and then kept.
 */
final class TextTable {

  private final ByteBuffer file;
  private final int offsets;
  private final int texts;
  // filled by whoever needs one first; two may decode the same text, and either will do
  private final String[] decoded;

  /** Reads a table, and leaves the buffer behind it. */
  TextTable(ByteBuffer in) {
    file = in.duplicate();
    int count = in.getInt();
    offsets = in.position();
    texts = offsets + (count + 1) * Integer.BYTES;
    decoded = new String[count];
    int end = texts + file.getInt(texts - Integer.BYTES);
    in.position(end + (-end & 3));
  }

  /** Writes a table of texts that are sorted by {@link #compare}. */
  static void write(Collection<String> sorted, IndexBytes out) {
    byte[][] encoded = sorted.stream().map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new);
    out.putInt(encoded.length);
    int offset = 0;
    for (byte[] text : encoded) {
      out.putInt(offset);
      offset = Math.addExact(offset, text.length);
    }
    out.putInt(offset);
    for (byte[] text : encoded) {
      out.put(text);
    }
    out.align();
  }

  static int compare(String a, String b) {
    return Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));
  }

  int size() {
    return decoded.length;
  }

  String get(int place) {
    String text = decoded[place];
    if (text == null) {
      text = new String(bytes(place), UTF_8);
      decoded[place] = text;
    }
    return text;
  }

  private byte[] bytes(int place) {
    int from = file.getInt(offsets + place * Integer.BYTES);
    byte[] text = new byte[file.getInt(offsets + (place + 1) * Integer.BYTES) - from];
    file.get(texts + from, text);
    return text;
  }

  /** The place of a text, if it is there. */
  OptionalInt find(String text) {
    byte[] wanted = text.getBytes(UTF_8);
    int low = 0;
    int high = decoded.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Arrays.compareUnsigned(bytes(middle), wanted);
      if (order == 0) {
        return OptionalInt.of(middle);
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return OptionalInt.empty();
  }
}
