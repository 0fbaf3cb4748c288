package dev.berth.bench;

import com.github.luben.zstd.NoPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.berth.registry.scan.layer.LayerExtractor;
import dev.berth.registry.scan.layer.LayerLimits;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What it takes to read a layer's facts, beside what it takes to unpack the layer and do nothing
 * with it: by turns, in processor time of the one thread that does it, so that other work on the
 * machine matters little. Arguments: a directory for the layers, and a layer in gzip to measure
 * instead of the one that is made.
 */
final class Extraction {

  private static final int ROUNDS = 9;
  private static final int FILES = 30_000;

  private Extraction() {}

  /** Something that reads a layer whole. */
  private interface Reading {
    void read(Path layer) throws IOException;
  }

  public static void main(String[] arguments) throws IOException {
    Path gzip = Path.of(arguments[0], "layer.gz");
    Path zstd = Path.of(arguments[0], "layer.zst");
    if (arguments.length > 1) {
      Files.copy(Path.of(arguments[1]), gzip);
    } else {
      try (OutputStream out =
          new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(gzip)), 65_536)) {
        writeLayer(out);
      }
    }
    try (InputStream in = new GZIPInputStream(Files.newInputStream(gzip));
        OutputStream out = new ZstdOutputStreamNoFinalizer(Files.newOutputStream(zstd))) {
      in.transferTo(out);
    }
    measure(
        "gunzip", gzip, layer -> unpack(new GZIPInputStream(Files.newInputStream(layer), 65_536)));
    measure(
        "unzstd",
        zstd,
        layer ->
            unpack(new ZstdInputStreamNoFinalizer(Files.newInputStream(layer), NoPool.INSTANCE)));
  }

  private static void measure(String name, Path layer, Reading unpacking) throws IOException {
    double[] alone = new double[ROUNDS];
    double[] facts = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      alone[i] = seconds(unpacking, layer);
      facts[i] = seconds(Extraction::extract, layer);
    }
    System.out.printf(
        "%s of %d MB: alone %.2f s, with facts %.2f s, ratio %.2f%n",
        name, Files.size(layer) >> 20, median(alone), median(facts), median(facts) / median(alone));
  }

  private static double seconds(Reading reading, Path layer) throws IOException {
    var thread = ManagementFactory.getThreadMXBean();
    long from = thread.getCurrentThreadCpuTime();
    reading.read(layer);
    return (thread.getCurrentThreadCpuTime() - from) / 1e9;
  }

  /** Without the first rounds, which find cold code. */
  private static double median(double[] values) {
    double[] sorted = Arrays.copyOfRange(values, 2, values.length);
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void unpack(InputStream in) throws IOException {
    byte[] buffer = new byte[65_536];
    try (in) {
      while (in.read(buffer, 0, buffer.length) >= 0) {
        // nothing is done with it
      }
    }
  }

  private static void extract(Path layer) throws IOException {
    var extractor = new LayerExtractor(LayerLimits.DEFAULT, Clock.systemUTC());
    extractor.extract(() -> Files.newInputStream(layer));
  }

  // ---- a layer ---------------------------------------------------------------------------------

  /** Of as many files as a large image has, of half a gigabyte, and a database of 400 packages. */
  private static void writeLayer(OutputStream out) throws IOException {
    Random random = new Random(1);
    List<byte[]> words = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      byte[] word = new byte[3 + random.nextInt(9)];
      random.nextBytes(word);
      words.add(word);
    }
    StringBuilder status = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      status.append(
          "Package: p%d\nStatus: install ok installed\nVersion: 1.%d-1\n".formatted(i, i));
      status.append("Description: %s\n\n".formatted("of the package ".repeat(40)));
    }
    writeFile(out, "etc/os-release", "ID=debian\nVERSION_ID=12\n".getBytes());
    writeFile(out, "var/lib/dpkg/status", status.toString().getBytes());
    for (int i = 0; i < FILES; i++) {
      byte[] content = new byte[(int) Math.min(4 << 20, Math.exp(random.nextGaussian() * 2 + 7.5))];
      int at = 0;
      while (at < content.length) {
        byte[] word = words.get((int) (Math.abs(random.nextGaussian()) * 4000) % words.size());
        int length = Math.min(word.length, content.length - at);
        System.arraycopy(word, 0, content, at, length);
        at += length;
      }
      writeFile(out, "usr/share/d%d/file%d".formatted(i / 50, i), content);
    }
    out.write(new byte[1024]);
  }

  private static void writeFile(OutputStream out, String path, byte[] content) throws IOException {
    byte[] header = new byte[512];
    put(header, 0, path);
    put(header, 124, "%011o\0".formatted(content.length));
    put(header, 148, "        ");
    put(header, 156, "0");
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    out.write(header);
    out.write(content);
    out.write(new byte[-content.length & 511]);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
