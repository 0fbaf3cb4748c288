package dev.berth.local.files;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import dev.berth.registry.store.ObjectEncryption;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;

/**
 * A file that is encrypted with a data key of its own: a header that says by which key of KMS and
 * in which context, with the wrapped data key, then Tink's streaming encryption (AES-256-GCM in
 * segments, each of which knows its place and whether it is the last). So any range is read without
 * what is before it, and no changed, moved, missing or foreign segment goes unnoticed.
 */
final class EncryptedFile {

  private static final int FORMAT = 1;
  private static final int DATA_KEY_BYTES = 32;
  private static final String HKDF = "HmacSha256";

  /** In bytes: what is in memory for each file that is read or written, twice. */
  private static final int SEGMENT = 128 << 10;

  /** Two ARNs and a wrapped data key are far below it. */
  private static final int LONGEST_HEADER = 8 << 10;

  private EncryptedFile() {}

  /** What hands its bytes on to be encrypted. */
  interface Source {
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /** Makes a durable file of all that the source writes. */
  static void write(Path file, ObjectEncryption.Kms encryption, DataKeys keys, Source source)
      throws IOException {
    DataKeys.DataKey dataKey = keys.generate(encryption);
    byte[] header = header(encryption, dataKey.wrapped());
    try (FileChannel channel = Disk.create(file)) {
      var whole = new WholeWrites(channel);
      whole.write(ByteBuffer.wrap(header));
      try (WritableByteChannel encrypting =
          cipher(dataKey.plain(), header.length).newEncryptingChannel(whole, header)) {
        source.writeTo(encrypting);
      } catch (GeneralSecurityException e) {
        throw new IOException("cannot encrypt " + file, e);
      }
      channel.force(true);
    }
  }

  /** Throws what {@link #open} would if the file's key cannot be used now. */
  static void check(Path file, DataKeys keys) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Header header = read(channel);
      keys.decrypt(header.encryption(), header.wrapped());
    }
  }

  /** How a file is encrypted. */
  static ObjectEncryption.Kms encryption(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(channel).encryption();
    }
  }

  /**
   * The plain bytes of a file.
   *
   * @param size that they are to have
   * @throws IOException if the file was changed since it was written
   */
  static SeekableByteChannel open(Path file, long size, DataKeys keys) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      Header header = read(channel);
      byte[] dataKey = keys.decrypt(header.encryption(), header.wrapped());
      SeekableByteChannel plain =
          cipher(dataKey, header.bytes().length)
              .newSeekableDecryptingChannel(channel, header.bytes());
      if (plain.size() != size) {
        throw new IOException("%s does not hold %d bytes".formatted(file, size));
      }
      return plain;
    } catch (GeneralSecurityException e) {
      channel.close();
      throw new IOException("cannot decrypt " + file, e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static AesGcmHkdfStreaming cipher(byte[] dataKey, int headerLength)
      throws GeneralSecurityException {
    return new AesGcmHkdfStreaming(dataKey, HKDF, DATA_KEY_BYTES, SEGMENT, headerLength);
  }

  /**
   * @param bytes all of it, which the encryption authenticates
   */
  private record Header(ObjectEncryption.Kms encryption, byte[] wrapped, byte[] bytes) {}

  private static byte[] header(ObjectEncryption.Kms encryption, byte[] wrapped) throws IOException {
    var fields = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(fields)) {
      out.writeUTF(encryption.keyArn());
      out.writeUTF(encryption.repositoryArn());
      out.writeShort(wrapped.length);
      out.write(wrapped);
    }
    return ByteBuffer.allocate(1 + Short.BYTES + fields.size())
        .put((byte) FORMAT)
        .putShort((short) fields.size())
        .put(fields.toByteArray())
        .array();
  }

  private static Header read(FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.wrap(readFully(channel, 1 + Short.BYTES, 0));
    byte format = start.get();
    int length = Short.toUnsignedInt(start.getShort());
    if (format != FORMAT || length > LONGEST_HEADER) {
      throw new IOException("not the header of an encrypted file");
    }
    byte[] fields = readFully(channel, length, start.position());
    try (var in = new DataInputStream(new ByteArrayInputStream(fields))) {
      var encryption = new ObjectEncryption.Kms(in.readUTF(), in.readUTF());
      byte[] wrapped = in.readNBytes(in.readUnsignedShort());
      return new Header(encryption, wrapped, header(encryption, wrapped));
    }
  }

  private static byte[] readFully(FileChannel channel, int length, long position)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException("an encrypted file is shorter than its header");
      }
    }
    return bytes.array();
  }

  /** Takes all of a buffer at once, and is not closed before its file is durable. */
  private record WholeWrites(FileChannel file) implements WritableByteChannel {

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      int count = bytes.remaining();
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      return count;
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() {}
  }
}
