package dev.berth.core.scan.feed;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that ends with a {@link FeedException} where it becomes too long. Never closed. */
public final class BoundedStream extends FilterInputStream {

  private final long max;
  private final String place;
  private long read;

  /**
   * @param max in bytes
   * @param place what it is the content of
   */
  public BoundedStream(InputStream in, long max, String place) {
    super(in);
    this.max = max;
    this.place = place;
  }

  @Override
  public int read() throws IOException {
    int next = in.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int more = in.read(bytes, offset, length);
    count(Math.max(more, 0));
    return more;
  }

  /** How many bytes have been read. */
  public long position() {
    return read;
  }

  private void count(int more) {
    read += more;
    if (read > max) {
      throw new FeedException("%s: there are more than %d bytes".formatted(place, max));
    }
  }

  @Override
  public void close() {
    // whoever opened the feed closes it
  }
}
