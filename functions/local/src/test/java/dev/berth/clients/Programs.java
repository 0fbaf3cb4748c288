package dev.berth.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What is installed here. */
final class Programs {

  private Programs() {}

  /** Skips the test where one of the programs is not on the PATH. */
  static void assumeInstalled(String... names) {
    for (String name : names) {
      assumeTrue(!all(name).isEmpty(), () -> name + " is not on the PATH");
    }
  }

  /** Skips the test where this process is not root's. */
  static void assumeRoot(String why) {
    assumeTrue(isRoot(), () -> "needs root: " + why);
  }

  /** The executables of that name, in the order of the PATH, each once. */
  static List<Path> all(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .map(Programs::real)
        .distinct()
        .toList();
  }

  private static Path real(Path program) {
    try {
      return program.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
