package dev.berth.local.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {

  private final Optional<String> before =
      Optional.ofNullable(System.getProperty(NativeLibrary.DIRECTORY));

  @TempDir Path data;
  private Path directory;

  @BeforeEach
  void forget() {
    directory = data.resolve("native");
    System.clearProperty(NativeLibrary.DIRECTORY);
  }

  @AfterEach
  void restore() {
    System.clearProperty(NativeLibrary.DIRECTORY);
    before.ifPresent(value -> System.setProperty(NativeLibrary.DIRECTORY, value));
  }

  @Test
  void itIsExtractedInPlaceOfWhatAKilledProcessLeft() throws IOException {
    Files.createDirectories(directory);
    Files.createFile(directory.resolve("sqlite-1-libsqlitejdbc.so"));
    Files.createFile(directory.resolve("sqlite-1-libsqlitejdbc.so.lck"));
    NativeLibrary.extractTo(directory);
    assertThat(System.getProperty(NativeLibrary.DIRECTORY)).isEqualTo(directory.toString());
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void theNextDirectoryTakesThePlaceOfOneThatIsGone() throws IOException {
    NativeLibrary.extractTo(directory);
    NativeLibrary.remove(directory);
    NativeLibrary.remove(directory);
    assertThat(directory).doesNotExist();
    Path next = data.resolve("next");
    NativeLibrary.extractTo(next);
    assertThat(System.getProperty(NativeLibrary.DIRECTORY)).isEqualTo(next.toString());
  }

  @Test
  void whoeverStartedJavaWithAnotherDirectoryDecides() throws IOException {
    System.setProperty(NativeLibrary.DIRECTORY, "/elsewhere");
    NativeLibrary.extractTo(directory);
    assertThat(System.getProperty(NativeLibrary.DIRECTORY)).isEqualTo("/elsewhere");
    assertThat(directory).doesNotExist();
  }
}
