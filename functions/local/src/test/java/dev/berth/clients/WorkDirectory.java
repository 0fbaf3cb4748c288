package dev.berth.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for all that a server of several test classes writes, deleted at the end. */
record WorkDirectory(Path path) implements AutoCloseable {

  static WorkDirectory create() {
    try {
      return new WorkDirectory(Files.createTempDirectory("berth-clients"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      List<Path> entries;
      try (Stream<Path> tree = Files.walk(path)) {
        entries = tree.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path entry : entries) {
        Files.delete(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
