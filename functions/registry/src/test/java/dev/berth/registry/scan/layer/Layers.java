package dev.berth.registry.scan.layer;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Layers that tests make, and what they ask of them. */
public final class Layers {

  static final String DEBIAN = "ID=debian\nVERSION_ID=\"12\"\n";

  private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

  /** A tar of ustar, entry by entry. */
  public static Layers tar() {
    return new Layers();
  }

  public Layers file(String path, String content) {
    return file(path, content.getBytes(StandardCharsets.UTF_8));
  }

  public Layers file(String path, byte[] content) {
    return entry('0', path, "", content);
  }

  public Layers directory(String path) {
    return entry('5', path, "", new byte[0]);
  }

  public Layers symbolicLink(String path, String target) {
    return entry('2', path, target, new byte[0]);
  }

  public Layers hardLink(String path, String target) {
    return entry('1', path, target, new byte[0]);
  }

  public Layers whiteout(String path) {
    int name = path.lastIndexOf('/') + 1;
    return file(path.substring(0, name) + ".wh." + path.substring(name), "");
  }

  public Layers opaque(String directory) {
    return file(directory + "/.wh..wh..opq", "");
  }

  Layers pax(String... attributes) {
    StringBuilder lines = new StringBuilder();
    for (String attribute : attributes) {
      int length = attribute.getBytes(StandardCharsets.UTF_8).length + 3;
      int digits = String.valueOf(length + 1).length();
      lines.append(length + digits - 1).append(' ').append(attribute).append('\n');
    }
    return entry('x', "pax", "", lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  Layers entry(char type, String path, String target, byte[] content) {
    tar.writeBytes(header(type, path, target, content.length));
    tar.writeBytes(content);
    tar.writeBytes(new byte[-content.length & 511]);
    return this;
  }

  Layers raw(byte[] bytes) {
    tar.writeBytes(bytes);
    return this;
  }

  static byte[] header(char type, String path, String target, long size) {
    byte[] header = new byte[512];
    put(header, 0, path);
    put(header, 100, "0000644\0");
    put(header, 124, "%011o\0".formatted(size));
    put(header, 156, String.valueOf(type));
    put(header, 157, target);
    put(header, 257, "ustar\00000");
    return summed(header);
  }

  /** With its checksum. */
  static byte[] summed(byte[] header) {
    put(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  /** Without the two blocks that end a tar. */
  byte[] open() {
    return tar.toByteArray();
  }

  public byte[] plain() {
    byte[] open = open();
    return Arrays.copyOf(open, open.length + 1024);
  }

  public byte[] gzip() {
    return gzip(plain());
  }

  static byte[] gzip(byte[] plain) {
    return packed(plain, GZIPOutputStream::new);
  }

  static byte[] zstd(byte[] plain) {
    return packed(plain, ZstdOutputStreamNoFinalizer::new);
  }

  /** A way to pack what is written. */
  private interface Packing {
    OutputStream into(OutputStream packed) throws IOException;
  }

  private static byte[] packed(byte[] plain, Packing packing) {
    var packed = new ByteArrayOutputStream();
    try (OutputStream out = packing.into(packed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static LayerFacts facts(byte[] layer) {
    return facts(layer, LayerLimits.DEFAULT);
  }

  static LayerFacts facts(byte[] layer, LayerLimits limits) {
    try {
      return new LayerExtractor(limits, Clock.systemUTC())
          .extract(() -> new ByteArrayInputStream(layer));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LayerFacts facts() {
    return facts(plain());
  }
}
