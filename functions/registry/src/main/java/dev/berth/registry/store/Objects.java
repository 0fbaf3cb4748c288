package dev.berth.registry.store;

import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of one deployment, by key: S3 on AWS, files in the local host, with one behaviour that
 * {@code ObjectsContract} states. An object is written once, whole, and never changes: it is
 * invisible until its write is complete, and a key that exists is refused. Completed writes survive
 * a crash of the process and of the machine.
 *
 * <p>Keys are ours, never a client's: letters, digits, {@code - _ / .} with no empty, {@code .} or
 * {@code ..} segment, at most 512 characters.
 *
 * <p>All methods throw {@link StoreException} when the store cannot answer, and {@link
 * IllegalArgumentException} for arguments out of their bounds, which only a fault of ours can pass.
 * Those that write or read bytes throw {@link dev.berth.registry.RegistryException.KmsFailed} where
 * the object's key cannot be used. Buffers are read from their position to their limit, and neither
 * moves.
 */
public interface Objects {

  /**
   * The fewest bytes of a part that is not an object's last one: S3's 5 MiB, or 1 where any size
   * will do.
   */
  int smallestPart();

  /**
   * Writes an object whole.
   *
   * @param bytes may be none; S3's adapter sends them in one request
   * @param encryption of this object, however others are encrypted
   * @throws ObjectExistsException if the key exists
   */
  void put(String key, ByteBuffer bytes, ObjectEncryption encryption);

  /**
   * Writes an object that is a copy of another one, made inside the store: without a copy of the
   * bytes where that can be. It lives on when the source is deleted.
   *
   * @param encryption of the copy, whatever the source's
   * @throws NoSuchObjectException if the source does not exist
   * @throws ObjectExistsException if the key exists
   */
  void copy(String source, String key, ObjectEncryption encryption);

  /**
   * Begins an object that arrives in parts. One key may have several; the first to complete wins.
   *
   * @param encryption of all parts, copied ones included
   * @return the id of the multipart write, for use with the same key
   */
  String begin(String key, ObjectEncryption encryption);

  /**
   * Writes a part. A part that is written again under its number replaces the former one.
   *
   * @param number from 1 to 10,000; the object is its parts in the order of their numbers
   * @param bytes at least {@link #smallestPart} unless it is the object's last part, which may be
   *     empty
   * @return the part as {@link #complete} asks for it, with an ETag that no other write of a part
   *     gets, unless its bytes are the same
   * @throws NoSuchMultipartException if it is complete, aborted or never begun with this key
   */
  Part part(String key, String multipart, int number, ByteBuffer bytes);

  /**
   * Writes a part that is a copy of a range of a complete object, made inside the store: without a
   * copy of the bytes where that can be.
   *
   * @param length at least 1, 5 GiB at most; the range lies within the source
   * @throws NoSuchObjectException if the source does not exist
   * @throws NoSuchMultipartException as {@link #part}
   */
  Part copyPart(String key, String multipart, int number, String source, long offset, long length);

  /** The parts that are there, by number. Empty for a multipart write that is not there. */
  List<Part> parts(String key, String multipart);

  /**
   * Makes the object of exactly these parts, without a copy of their bytes. Parts that are not
   * named are dropped. The multipart write is over, unless this is refused: then it goes on until
   * it is aborted.
   *
   * @param parts at least one, in any order, each number once
   * @throws PartsDifferException if a part is not there with this ETag, or the multipart write is
   *     not there (complete, aborted or never begun)
   * @throws ObjectExistsException if the key exists
   */
  void complete(String key, String multipart, List<Part> parts);

  /** Drops a multipart write and its parts. Nothing happens where there is none. */
  void abort(String key, String multipart);

  /**
   * A range of an object: as much of it as there is, so nothing for a range that begins at the
   * object's end or beyond, or that has no length. An object that is deleted meanwhile may still be
   * read to its end.
   *
   * @param offset not negative
   * @param length not negative
   * @throws NoSuchObjectException if the key does not exist
   */
  InputStream get(String key, long offset, long length);

  /** Removes an object. Nothing happens where there is none. */
  void delete(String key);

  /**
   * The complete objects, in an order of the store's own. One that is there all the while comes
   * once; of others that come or go meanwhile any may be left out.
   *
   * @param after what the page before had as its next one
   * @param limit at least 1; a page may hold fewer and yet have a next one
   */
  Page<Stored> list(Optional<String> after, int limit);

  /**
   * The multipart writes that are neither complete nor aborted, as {@link #list} lists objects.
   *
   * @param after what the page before had as its next one
   * @param limit at least 1; a page may hold fewer and yet have a next one
   */
  Page<OpenMultipart> multiparts(Optional<String> after, int limit);

  /**
   * A link by which anyone may read the object without further credentials.
   *
   * @param method GET or HEAD: the link is good for this method alone
   * @param validity how long, at least a second; shorter if the credentials that sign it end sooner
   */
  URI signedLink(String key, Method method, Duration validity);

  enum Method {
    GET,
    HEAD
  }

  /**
   * A written part.
   *
   * @param size in bytes
   */
  record Part(int number, String etag, long size) {}

  /**
   * An object as {@link #list} finds it.
   *
   * @param size in bytes, as they were written
   * @param writtenAt by the store's clock; at the end of its writing, or while its parts came
   */
  record Stored(String key, long size, Instant writtenAt) {}

  /**
   * A multipart write as {@link #multiparts} finds it.
   *
   * @param id as {@link #parts} and {@link #abort} take it; no part can be written by it
   * @param begunAt by the store's clock, or when its last part came
   */
  record OpenMultipart(String key, String id, Instant begunAt) {}

  /** The key has an object already. */
  final class ObjectExistsException extends StoreException {
    public ObjectExistsException(String key) {
      super("object " + key + " exists");
    }
  }

  /** The key has no object. */
  final class NoSuchObjectException extends StoreException {
    public NoSuchObjectException(String key) {
      super("object " + key + " does not exist");
    }
  }

  /** A part was sent to a multipart write that is not there. */
  final class NoSuchMultipartException extends StoreException {
    public NoSuchMultipartException(String key) {
      super("no such multipart write of object " + key);
    }
  }

  /** A multipart write does not hold the parts that it is to be completed with. */
  final class PartsDifferException extends StoreException {
    public PartsDifferException(String key) {
      super("the parts of object " + key + " are not those that were written");
    }
  }
}
