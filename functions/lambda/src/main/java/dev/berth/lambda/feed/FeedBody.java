package dev.berth.lambda.feed;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** The bytes of an answer: all that were announced, and in time. */
final class FeedBody extends FilterInputStream {

  private final long length;
  private final long end;
  private final String place;
  private final HttpURLConnection connection;
  private long count;
  private boolean over;

  /**
   * @param length negative where it was not announced; then the connection's end is the body's
   * @param whole for how long all of it may come
   */
  FeedBody(
      InputStream in, long length, Duration whole, String place, HttpURLConnection connection) {
    super(in);
    this.length = length;
    this.end = System.nanoTime() + whole.toNanos();
    this.place = place;
    this.connection = connection;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int size) throws IOException {
    if (System.nanoTime() - end > 0) {
      throw new IOException(place + " takes too long");
    }
    try {
      int more = in.read(bytes, offset, size);
      count += Math.max(more, 0);
      if (more < 0) {
        requireWhole();
      }
      return more;
    } catch (SocketTimeoutException e) {
      throw new IOException(place + " does not go on in time", e);
    }
  }

  private void requireWhole() throws EOFException {
    over = true;
    // of which the JDK tells only in chunks
    if (length >= 0 && count < length) {
      throw new EOFException(
          "%s ends after %d of %d bytes".formatted(place, count, length));
    }
  }

  /** The connection is used again where all was read. */
  @Override
  public void close() throws IOException {
    if (over) {
      in.close();
    } else {
      connection.disconnect();
    }
  }
}
