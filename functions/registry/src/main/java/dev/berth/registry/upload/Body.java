package dev.berth.registry.upload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.OptionalLong;

/**
 * The bytes that a request brings, read once.
 *
 * @param bytes throws {@link IOException} where the client breaks off
 * @param length as announced; empty where the client did not say
 */
public record Body(InputStream bytes, OptionalLong length) {

  public static Body empty() {
    return of(new byte[0]);
  }

  public static Body of(byte[] bytes) {
    return new Body(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length));
  }

  /**
   * The same body with its length, if that is 0: a client that announces no length may yet send
   * nothing. A body that breaks off at once is not empty, it is broken, and says so when it is
   * read.
   */
  Body measured() {
    if (length.isPresent()) {
      return this;
    }
    try {
      int first = bytes.read();
      if (first < 0) {
        return empty();
      }
      var whole = new PushbackInputStream(bytes);
      whole.unread(first);
      return new Body(whole, length);
    } catch (IOException broken) {
      return new Body(new BrokenStream(broken), length);
    }
  }

  boolean isEmpty() {
    return length.equals(OptionalLong.of(0));
  }

  /** Throws what an earlier read threw. */
  private static final class BrokenStream extends InputStream {
    private final IOException broken;

    BrokenStream(IOException broken) {
      this.broken = broken;
    }

    @Override
    public int read() throws IOException {
      throw broken;
    }
  }
}
