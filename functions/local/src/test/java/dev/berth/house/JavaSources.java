package dev.berth.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The Java files of the repository that people write. */
final class JavaSources {

  private static final Set<String> NOT_WRITTEN = Set.of("target", "node_modules", "cdk.out");

  private JavaSources() {}

  static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("functions/local/pom.xml"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException(
            "not within the repository: " + Path.of("").toAbsolutePath());
      }
    }
    return directory;
  }

  static List<Path> find() {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(root(), new Collector(files));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(null);
    return files;
  }

  private static final class Collector extends SimpleFileVisitor<Path> {

    private final List<Path> files;

    Collector(List<Path> files) {
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      String name = directory.getFileName().toString();
      return name.startsWith(".") || NOT_WRITTEN.contains(name)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (file.toString().endsWith(".java")) {
        files.add(file);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
