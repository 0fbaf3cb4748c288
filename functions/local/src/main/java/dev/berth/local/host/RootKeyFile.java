package dev.berth.local.host;

import dev.berth.local.files.PrivateFiles;
import dev.berth.local.host.RootKeys.RootKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The file that the accounts' root keys are kept in: a line each, account, id and secret. It is
 * replaced whole, so it is read without a lock, and changed by one at a time.
 */
final class RootKeyFile {

  /** The lock of the file system keeps other processes out, and this the threads of this one. */
  private static final Object CHANGE = new Object();

  private final Path file;
  private final Path lock;

  RootKeyFile(Path directory) {
    this.file = directory.resolve("root-keys");
    this.lock = directory.resolve("root-keys.lock");
  }

  /**
   * None where there is no file.
   *
   * @throws SetupException if it is damaged
   */
  RootKeys read() throws IOException {
    Map<String, RootKey> keys = new LinkedHashMap<>();
    for (String line : lines()) {
      String[] parts = line.split(" ");
      if (parts.length != 3) {
        throw new SetupException(file + " is damaged");
      }
      keys.put(parts[0], new RootKey(parts[1], parts[2]));
    }
    return new RootKeys(keys);
  }

  private List<String> lines() throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /**
   * What tells one state of the file from another, which is always another file; empty where there
   * is none.
   */
  Optional<State> state() throws IOException {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(
          new State(
              String.valueOf(attributes.fileKey()),
              attributes.lastModifiedTime().toString(),
              attributes.size()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Of a file: which it is, and as of when. */
  record State(String key, String modified, long size) {}

  /**
   * Changes the keys; what the change throws passes through, and nothing is written then.
   *
   * @return what they are now
   */
  RootKeys change(UnaryOperator<RootKeys> change) throws IOException {
    synchronized (CHANGE) {
      try (var channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var _ = channel.lock()) {
        RootKeys before = read();
        RootKeys after = change.apply(before);
        if (!after.equals(before)) {
          PrivateFiles.write(file, lines(after));
        }
        return after;
      }
    }
  }

  private static List<String> lines(RootKeys keys) {
    return keys.byAccount().entrySet().stream()
        .map(
            entry ->
                String.join(
                    " ",
                    entry.getKey(),
                    entry.getValue().accessKeyId(),
                    entry.getValue().secretAccessKey()))
        .toList();
  }
}
