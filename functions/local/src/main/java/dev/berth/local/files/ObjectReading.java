package dev.berth.local.files;

import dev.berth.registry.store.StoreException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A range of an object as regions of files, for sending without copies. It stays whole while it is
 * read, deleted or not. For one thread at a time; to be closed.
 */
public final class ObjectReading implements Closeable {

  /**
   * A region of a file.
   *
   * @param channel open for reading; whoever takes the region closes it. A {@link FileChannel}
   *     where the file has the bytes as they are; else one that decrypts them
   * @param position of the first byte, in the channel
   * @param count how many bytes, at least 1
   */
  public record Region(SeekableByteChannel channel, long position, long count) {}

  private final String key;
  private final DataKeys keys;
  private final Readers.Hold hold;
  private final List<Piece> pieces;
  private final Iterator<Piece> rest;

  private ObjectReading(String key, DataKeys keys, Readers.Hold hold, List<Piece> pieces) {
    this.key = key;
    this.keys = keys;
    this.hold = hold;
    this.pieces = pieces;
    this.rest = pieces.iterator();
  }

  /** Looks whether the object's key can be used, before an answer to a client begins. */
  static ObjectReading open(
      Readers readers, DataKeys keys, String key, Path object, long offset, long length)
      throws IOException {
    Readers.Hold hold = readers.hold(object);
    try {
      List<Piece> pieces = hold.at(place -> Piece.of(place, offset, length));
      var reading = new ObjectReading(key, keys, hold, pieces);
      reading.checkKey();
      return reading;
    } catch (IOException | RuntimeException e) {
      hold.release();
      throw e;
    }
  }

  private void checkKey() throws IOException {
    Optional<Piece> first = pieces.stream().filter(Piece::encrypted).findFirst();
    if (first.isPresent()) {
      at(
          first.get(),
          file -> {
            EncryptedFile.check(file, keys);
            return file;
          });
    }
  }

  /** How many bytes there are in all regions. */
  public long length() {
    return pieces.stream().mapToLong(Piece::count).sum();
  }

  /** The next region, in the order of the bytes; empty after the last. */
  public Optional<Region> next() {
    if (!rest.hasNext()) {
      return Optional.empty();
    }
    Piece piece = rest.next();
    try {
      return Optional.of(new Region(open(piece), piece.position(), piece.count()));
    } catch (IOException e) {
      throw new StoreException("cannot read object " + key, e);
    }
  }

  SeekableByteChannel open(Piece piece) throws IOException {
    return at(
        piece,
        file ->
            piece.encrypted()
                ? EncryptedFile.open(file, piece.size(), keys)
                : FileChannel.open(file, StandardOpenOption.READ));
  }

  List<Piece> pieces() {
    return pieces;
  }

  /** Does something with a piece's file. */
  <T> T at(Piece piece, Readers.Step<T> step) throws IOException {
    return hold.at(place -> step.at(at(place, piece)));
  }

  private static Path at(Path place, Piece piece) {
    return piece.file().toString().isEmpty() ? place : place.resolve(piece.file());
  }

  /** The object, for logs. */
  @Override
  public String toString() {
    return "object " + key;
  }

  @Override
  public void close() {
    try {
      hold.release();
    } catch (IOException e) {
      throw new StoreException("cannot delete object " + key, e);
    }
  }
}
