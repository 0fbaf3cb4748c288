package dev.berth.lambda.feed;

import dev.berth.core.scan.feed.BoundedStream;
import dev.berth.core.scan.feed.Compression;
import dev.berth.core.scan.feed.FeedLimits;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Undoes how the file of a feed is compressed. */
final class Decompression {

  private static final int BUFFER = 64 * 1024;

  private Decompression() {}

  /**
   * @param in is closed with the stream that is returned, or if there is none
   * @throws IOException if it is not compressed so
   */
  static InputStream of(Compression compression, InputStream in, String place) throws IOException {
    try {
      return new Closing(new BoundedStream(unpacked(compression, in), FeedLimits.FEED, place), in);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static InputStream unpacked(Compression compression, InputStream in) throws IOException {
    return switch (compression) {
      case NONE -> new BufferedInputStream(in, BUFFER);
      case GZIP -> new GZIPInputStream(in, BUFFER);
      case BZIP2 -> new BZip2CompressorInputStream(new BufferedInputStream(in, BUFFER), true);
    };
  }

  /** Closes what was unpacked. */
  private static final class Closing extends FilterInputStream {
    private final InputStream packed;

    Closing(InputStream in, InputStream packed) {
      super(in);
      this.packed = packed;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return in.read(bytes, offset, length);
      } catch (IndexOutOfBoundsException | IllegalStateException e) {
        // of bzip2 that was made to harm
        throw new IOException("the file is not compressed as it should be", e);
      }
    }

    @Override
    public void close() throws IOException {
      packed.close();
    }
  }
}
