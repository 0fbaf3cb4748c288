package dev.berth.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How every Java file of the repository looks. */
class FormatTest {

  private static final int MOST_LINES = 500;

  @Test
  void theRepositoryIsFound() {
    assertThat(JavaSources.find())
        .anyMatch(file -> file.endsWith("house/FormatTest.java"))
        .anyMatch(file -> file.endsWith("core/oci/Digest.java"))
        .noneMatch(file -> file.toString().contains("/target/"));
  }

  @Test
  void everyFileIsFormatted() {
    List<Path> others =
        JavaSources.find().parallelStream()
            .filter(file -> !Format.formatted(file).equals(text(file)))
            .toList();
    assertThat(others).as("files to format with: %s", Format.COMMAND).isEmpty();
  }

  @Test
  void noFileIsLong() {
    assertThat(JavaSources.find())
        .filteredOn(file -> text(file).lines().count() > MOST_LINES)
        .as("files of more than %d lines, to be split", MOST_LINES)
        .isEmpty();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
