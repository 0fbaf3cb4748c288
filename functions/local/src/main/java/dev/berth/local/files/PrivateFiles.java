package dev.berth.local.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** Files and directories that nobody but their owner may read. */
public final class PrivateFiles {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private PrivateFiles() {}

  public static void createDirectories(Path directory) throws IOException {
    Files.createDirectories(directory, OWNER_DIRECTORY);
  }

  /** Makes an empty file where there is none. */
  public static void ensure(Path file) throws IOException {
    if (Files.notExists(file)) {
      Files.createFile(file, OWNER_FILE);
    }
  }

  /** Replaces the file whole or not at all, and durably. */
  public static void write(Path file, List<String> lines) throws IOException {
    Path fresh = fresh(file, lines);
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
    Disk.force(file.getParent());
  }

  /**
   * Makes the file whole or not at all, and durably.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one
   */
  public static void create(Path file, List<String> lines) throws IOException {
    Path fresh = fresh(file, lines);
    try {
      // unlike a rename, a link never takes the place of what is there
      Files.createLink(file, fresh);
    } finally {
      Files.deleteIfExists(fresh);
    }
    Disk.force(file.getParent());
  }

  private static Path fresh(Path file, List<String> lines) throws IOException {
    // without the file's name, which may be as long as names can be
    Path fresh = Files.createTempFile(file.getParent(), "", ".new", OWNER_FILE);
    String text = String.join("\n", lines) + "\n";
    try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
      return fresh;
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
  }
}
