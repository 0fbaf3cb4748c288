package dev.berth.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Writes tar archives of plain files in the ustar format (POSIX.1-1988). */
final class Tar {

  private static final int BLOCK = 512;

  private Tar() {}

  /** The files under a directory, with names relative to it. */
  static Path of(Path directory, Path archive) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(directory)) {
      files = tree.filter(Files::isRegularFile).sorted().toList();
    }
    try (var out = Files.newOutputStream(archive)) {
      for (Path file : files) {
        long size = Files.size(file);
        out.write(header(directory.relativize(file).toString(), size));
        Files.copy(file, out);
        pad(out, size);
      }
      end(out);
    }
    return archive;
  }

  /** What precedes a file's bytes; they are followed by {@link #pad}. */
  static byte[] header(String name, long size) {
    var header = ByteBuffer.allocate(BLOCK);
    header.put(0, name.getBytes(US_ASCII));
    header.put(100, octal(0644, 8));
    header.put(108, octal(0, 8));
    header.put(116, octal(0, 8));
    header.put(124, octal(size, 12));
    header.put(136, octal(0, 12));
    header.put(148, "        0".getBytes(US_ASCII));
    header.put(257, "ustar\00000".getBytes(US_ASCII));
    int checksum = 0;
    for (byte value : header.array()) {
      checksum += value & 0xff;
    }
    header.put(148, octal(checksum, 7));
    return header.array();
  }

  static void pad(OutputStream out, long size) throws IOException {
    out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
  }

  /** Two empty blocks. */
  static void end(OutputStream out) throws IOException {
    out.write(new byte[2 * BLOCK]);
  }

  private static byte[] octal(long value, int width) {
    return ("%0" + (width - 1) + "o\0").formatted(value).getBytes(US_ASCII);
  }
}
