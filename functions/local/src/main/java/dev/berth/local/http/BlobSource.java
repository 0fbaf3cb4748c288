package dev.berth.local.http;

import dev.berth.registry.store.Objects;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.util.Optional;

/** Where the edge takes the bytes of blobs from. */
public sealed interface BlobSource {

  /** Objects that are files: the edge sends them itself, without copying their bytes. */
  record Files(Regions regions) implements BlobSource {}

  /** Objects that are elsewhere: the edge answers 307 with a signed link. */
  record Links(Objects objects) implements BlobSource {}

  /** Finds the files of an object. */
  @FunctionalInterface
  interface Regions {

    /**
     * @throws AccessDeniedException if the object may not be read now, which its reason explains
     * @throws IOException if the object cannot be read
     */
    Reading read(String objectKey, long offset, long length) throws IOException;
  }

  /**
   * A range of an object as regions of files, opened one by one while they are sent: a large object
   * has more files than a process may have open. Used by one thread at a time. Its text names the
   * object.
   */
  interface Reading extends AutoCloseable {

    /** Bytes of all regions. */
    long length();

    /** The next region, in the order of the bytes; whoever takes it closes its file. */
    Optional<Region> next();

    @Override
    void close();
  }

  /**
   * A region of a file.
   *
   * @param channel open for reading, of this region alone. A {@link FileChannel} is sent without
   *     copying its bytes; any other is read, piece by piece
   * @param position of the first byte
   * @param count of bytes
   */
  record Region(SeekableByteChannel channel, long position, long count) {}
}
