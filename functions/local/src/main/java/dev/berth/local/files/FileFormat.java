package dev.berth.local.files;

import dev.berth.registry.store.ObjectEncryption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** How the files of one object, or of one multipart write, are written. */
record FileFormat(ObjectEncryption encryption, DataKeys keys) {

  /** Beside the parts of a multipart write: how they are encrypted, if they are. */
  static final String NAME = "encryption";

  private static final int COPIED_AT_ONCE = 128 << 10;

  boolean encrypts() {
    return encryption instanceof ObjectEncryption.Kms;
  }

  /** Makes a durable file of these bytes. */
  void write(Path file, ByteBuffer bytes) throws IOException {
    switch (encryption) {
      case ObjectEncryption.Standard() -> Disk.write(file, bytes);
      case ObjectEncryption.Kms kms ->
          EncryptedFile.write(
              file,
              kms,
              keys,
              channel -> {
                ByteBuffer rest = bytes.duplicate();
                while (rest.hasRemaining()) {
                  channel.write(rest);
                }
              });
    }
  }

  /** Makes a durable file of all that the channel has. */
  void write(Path file, ReadableByteChannel bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(COPIED_AT_ONCE);
    EncryptedFile.Source source =
        channel -> {
          while (bytes.read(buffer.clear()) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
              channel.write(buffer);
            }
          }
        };
    switch (encryption) {
      case ObjectEncryption.Standard() -> {
        try (var channel = Disk.create(file)) {
          source.writeTo(channel);
          channel.force(true);
        }
      }
      case ObjectEncryption.Kms kms -> EncryptedFile.write(file, kms, keys, source);
    }
  }

  /** Whether a file is one that this would have written, but for its data key. */
  boolean isOf(Path file, boolean encrypted) throws IOException {
    return encrypted
        ? EncryptedFile.encryption(file).equals(encryption)
        : encryption instanceof ObjectEncryption.Standard;
  }

  /** Notes in a multipart write's directory how its parts are to be written. */
  void note(Path directory) throws IOException {
    if (encryption instanceof ObjectEncryption.Kms(String key, String repository)) {
      PrivateFiles.write(directory.resolve(NAME), List.of(key, repository));
      Disk.force(directory);
    }
  }

  /** As {@link #note} noted it. */
  static FileFormat noted(Path directory, DataKeys keys) throws IOException {
    try {
      List<String> lines = Files.readAllLines(directory.resolve(NAME));
      return new FileFormat(new ObjectEncryption.Kms(lines.get(0), lines.get(1)), keys);
    } catch (NoSuchFileException plain) {
      return new FileFormat(ObjectEncryption.STANDARD, keys);
    }
  }
}
