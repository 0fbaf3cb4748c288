package dev.berth.local.audit;

import dev.berth.lambda.audit.LineAuditLog;
import dev.berth.local.files.PrivateFiles;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Appends records to files of a directory, readable by their owner alone: each in a single write,
 * so that a process that is killed leaves whole lines, and without waiting for the disk. Used by
 * one thread at a time, and one process.
 */
public final class AuditFiles implements LineAuditLog.Lines {

  /** Bytes of a file. */
  static final long LARGEST = 64L * 1024 * 1024;

  private final Path directory;
  private final int days;
  private final Clock clock;
  private final Opener opener;
  private Optional<Current> current = Optional.empty();

  /** Opens a file to append to. */
  @FunctionalInterface
  interface Opener {
    OutputStream open(Path file) throws IOException;
  }

  /** The file that is written to. */
  private static final class Current {

    private final AuditFileName name;
    private final OutputStream out;
    private long size;

    Current(AuditFileName name, OutputStream out, long size) {
      this.name = name;
      this.out = out;
      this.size = size;
    }
  }

  /**
   * @param days that a file is kept after its own; 0 for ever
   * @throws IOException if the directory cannot be used
   */
  public static AuditFiles open(Path directory, int days, Clock clock) throws IOException {
    // not a channel, which an interrupt of the thread that writes would close
    var files = new AuditFiles(directory, days, clock, file -> appending(file));
    files.current(0);
    return files;
  }

  AuditFiles(Path directory, int days, Clock clock, Opener opener) {
    this.directory = directory;
    this.days = days;
    this.clock = clock;
    this.opener = opener;
  }

  private static OutputStream appending(Path file) throws IOException {
    return new FileOutputStream(file.toFile(), true);
  }

  @Override
  public void write(byte[] line) throws IOException {
    Current file = current(line.length);
    try {
      file.out.write(line);
      file.size += line.length;
    } catch (IOException e) {
      // what was written of the line is completed when the file is opened again
      close();
      throw e;
    }
  }

  private Current current(int length) throws IOException {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    boolean fits =
        current
            .filter(file -> !today.isAfter(file.name.day()) && file.size + length <= LARGEST)
            .isPresent();
    if (!fits) {
      close();
      PrivateFiles.createDirectories(directory);
      expire(today);
      current = Optional.of(begin(today, length));
    }
    return current.orElseThrow();
  }

  private Current begin(LocalDate today, int length) throws IOException {
    AuditFileName name = last(today).orElse(new AuditFileName(today, 1));
    if (Files.exists(name.in(directory)) && Files.size(name.in(directory)) + length > LARGEST) {
      name = name.next();
    }
    Path file = name.in(directory);
    PrivateFiles.ensure(file);
    OutputStream out = opener.open(file);
    try {
      endTornLine(file, out);
      return new Current(name, out, Files.size(file));
    } catch (IOException e) {
      // a disk that stays full must not use up the files that the process may open
      out.close();
      throw e;
    }
  }

  private static void endTornLine(Path file, OutputStream out) throws IOException {
    if (isTorn(file)) {
      out.write('\n');
    }
  }

  private Optional<AuditFileName> last(LocalDate day) throws IOException {
    return names(directory).stream().filter(name -> name.day().equals(day)).reduce((a, b) -> b);
  }

  /** Whether the last line was broken off. */
  private static boolean isTorn(Path file) throws IOException {
    try (var bytes = new RandomAccessFile(file.toFile(), "r")) {
      if (bytes.length() == 0) {
        return false;
      }
      bytes.seek(bytes.length() - 1);
      return bytes.read() != '\n';
    }
  }

  private void expire(LocalDate today) throws IOException {
    for (AuditFileName name : names(directory)) {
      if (days > 0 && name.day().isBefore(today.minusDays(days))) {
        Files.deleteIfExists(name.in(directory));
      }
    }
  }

  /** The files of a directory, oldest first. */
  static List<AuditFileName> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.flatMap(file -> AuditFileName.of(file).stream()).sorted().toList();
    }
  }

  @Override
  public void close() throws IOException {
    if (current.isPresent()) {
      OutputStream out = current.get().out;
      current = Optional.empty();
      out.close();
    }
  }
}
