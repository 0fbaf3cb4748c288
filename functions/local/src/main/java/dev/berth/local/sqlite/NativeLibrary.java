package dev.berth.local.sqlite;

import dev.berth.local.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The native part of SQLite, which its driver extracts to a file once in a process, and which is
 * left there when the process is killed.
 */
public final class NativeLibrary {

  /** The driver's own; whoever starts Java with it decides. */
  static final String DIRECTORY = "org.sqlite.tmpdir";

  private static Optional<String> chosen = Optional.empty();

  private NativeLibrary() {}

  /**
   * Has it extracted to a directory, in place of what others left there. Once it is in use, this
   * changes nothing.
   *
   * @param directory that no other process uses; it is made where there is none
   */
  public static synchronized void extractTo(Path directory) throws IOException {
    Optional<String> now = Optional.ofNullable(System.getProperty(DIRECTORY));
    if (now.isEmpty() || now.equals(chosen)) {
      remove(directory);
      PrivateFiles.createDirectories(directory);
      chosen = Optional.of(directory.toAbsolutePath().toString());
      System.setProperty(DIRECTORY, chosen.get());
    }
  }

  /** Removes such a directory, if there is one: what is in use stays so without its file. */
  public static void remove(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }
}
