package dev.berth.local.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.local.files.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The last events of a bus, for people to look at: JSON lines in numbered files, of which the
 * oldest go. Each start begins a new file, so a line that a crash cut off is the last of its own.
 */
public final class EventLog implements AutoCloseable {

  /** After so many bytes a new file is begun. */
  static final long FILE_BYTES = 4 << 20;

  static final int MOST_FILES = 8;

  private static final Pattern NAME = Pattern.compile("([0-9]{10})\\.jsonl");

  private final Path directory;
  private final long fileBytes;
  private Optional<FileChannel> current = Optional.empty();

  public EventLog(Path directory) {
    this(directory, FILE_BYTES);
  }

  EventLog(Path directory, long fileBytes) {
    this.directory = directory;
    this.fileBytes = fileBytes;
  }

  /** Appends events, each without a line break. */
  synchronized void append(List<String> events) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap((String.join("\n", events) + "\n").getBytes(UTF_8));
      FileChannel channel = writable();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      // the next ones begin a new file, behind no half line
      forget();
      throw new UncheckedIOException("events cannot be written to " + directory, e);
    }
  }

  private void forget() {
    current.ifPresent(
        channel -> {
          current = Optional.empty();
          try {
            channel.close();
          } catch (IOException e) {
            // why it broke is on its way to the caller
          }
        });
  }

  private FileChannel writable() throws IOException {
    if (current.isPresent() && current.get().size() < fileBytes) {
      return current.get();
    }
    close();
    PrivateFiles.createDirectories(directory);
    NavigableMap<Long, Path> files = files(directory);
    long number = files.isEmpty() ? 1 : files.lastKey() + 1;
    Path file = directory.resolve("%010d.jsonl".formatted(number));
    current =
        Optional.of(
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    while (files.size() >= MOST_FILES) {
      Files.deleteIfExists(files.pollFirstEntry().getValue());
    }
    return current.get();
  }

  /** By number, the oldest first; none where there is no such directory. */
  static NavigableMap<Long, Path> files(Path directory) throws IOException {
    NavigableMap<Long, Path> files = new TreeMap<>();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> all = Files.list(directory)) {
        for (Path file : all.toList()) {
          Matcher name = NAME.matcher(file.getFileName().toString());
          if (name.matches()) {
            files.put(Long.parseLong(name.group(1)), file);
          }
        }
      }
    }
    return files;
  }

  @Override
  public synchronized void close() {
    try {
      if (current.isPresent()) {
        current.get().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    current = Optional.empty();
  }
}
