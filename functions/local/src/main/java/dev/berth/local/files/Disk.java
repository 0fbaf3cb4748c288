package dev.berth.local.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * Steps on the file system whose result survives a power loss. All that they make is the owner's.
 */
final class Disk {

  private static final FileAttribute<?> OWNERS_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> OWNERS_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * In bytes. The JDK keeps a direct buffer for each thread as large as the largest heap buffer
   * that it wrote, and Linux keeps what one write brings in pages as large as that: small ones cost
   * it less than half the time.
   */
  private static final int WRITTEN_AT_ONCE = 128 << 10;

  private Disk() {}

  /** Makes a directory that is not there, and those above it. */
  static void makeDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    makeDirectories(directory.getParent());
    makeDirectory(directory);
    // also by the one that came second: it must not go on before the directory is durable
    force(directory.getParent());
  }

  /** Makes those of these directories that are not there. */
  static void makeChildren(Path parent, List<String> names) throws IOException {
    for (String name : names) {
      if (!Files.isDirectory(parent.resolve(name))) {
        makeDirectory(parent.resolve(name));
      }
    }
    force(parent);
  }

  private static void makeDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, OWNERS_DIRECTORY);
    } catch (FileAlreadyExistsException madeMeanwhile) {
      if (!Files.isDirectory(directory)) {
        throw madeMeanwhile;
      }
    }
  }

  static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNERS_FILE);
  }

  static void write(Path file, ByteBuffer bytes) throws IOException {
    ByteBuffer rest = bytes.duplicate();
    try (FileChannel channel = create(file)) {
      while (rest.hasRemaining()) {
        ByteBuffer slice = rest.slice(rest.position(), Math.min(WRITTEN_AT_ONCE, rest.remaining()));
        rest.position(rest.position() + channel.write(slice));
      }
      channel.force(true);
    }
  }

  /** Makes durable which names a directory holds. */
  static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Deletes a file, or a directory with all that it holds, or nothing. */
  static void deleteTree(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      deleteContents(path);
    }
    Files.deleteIfExists(path);
  }

  static void deleteContents(Path directory) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      for (Path child : children) {
        deleteTree(child);
      }
    }
  }
}
