package dev.berth.core.scan;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Data of other projects to test with, which is no part of the repository: {@code shared/scan-data}
 * beside it or beside a directory above it. What needs a file that is absent is skipped.
 */
public final class ScanData {

  private ScanData() {}

  public static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file of a name such as {@code rpmdb/mariner-2.0.expected.tsv}. */
  public static Path file(String name) {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null && !Files.exists(folder(directory).resolve(name))) {
      directory = directory.getParent();
    }
    assumeThat(directory).as("a folder with shared/scan-data/" + name).isNotNull();
    return folder(directory).resolve(name);
  }

  private static Path folder(Path directory) {
    return directory.resolve("shared").resolve("scan-data");
  }
}
