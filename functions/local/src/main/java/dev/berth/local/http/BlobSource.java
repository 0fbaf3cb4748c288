package dev.berth.local.http;

import dev.berth.registry.store.Objects;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;

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
     * The regions of files that make up a range of an object, in order. The caller closes each
     * region's file.
     *
     * @throws IOException if a file cannot be opened
     */
    List<Region> regions(String objectKey, long offset, long length) throws IOException;
  }

  /**
   * A region of a file.
   *
   * @param file open for reading, of this region alone
   * @param position of the first byte
   * @param count of bytes
   */
  record Region(FileChannel file, long position, long count) {}
}
