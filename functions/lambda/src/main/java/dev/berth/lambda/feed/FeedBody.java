package dev.berth.lambda.feed;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** The bytes of an answer, as long as they come in time. That some are missing the JDK tells. */
final class FeedBody extends FilterInputStream {

  private final long end;
  private final String place;
  private final HttpURLConnection connection;
  private boolean over;

  /**
   * @param whole for how long all of it may come
   */
  FeedBody(InputStream in, Duration whole, String place, HttpURLConnection connection) {
    super(in);
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
      over |= more < 0;
      return more;
    } catch (SocketTimeoutException e) {
      throw new IOException(place + " does not go on in time", e);
    } catch (IOException e) {
      throw new IOException("%s is broken off: %s".formatted(place, e.getMessage()), e);
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
