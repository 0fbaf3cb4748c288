package dev.berth.lambda.oci;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body of which is known how much was read, and what it began with. */
final class WatchedBody extends FilterInputStream {

  private final int kept;
  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream(0);
  private long count;

  /**
   * @param kept how many of the first bytes are remembered
   */
  WatchedBody(InputStream body, int kept) {
    super(body);
    this.kept = kept;
  }

  /** How many bytes were read. */
  long count() {
    return count;
  }

  byte[] beginning() {
    return beginning.toByteArray();
  }

  @Override
  public int read() throws IOException {
    int next = in.read();
    if (next >= 0) {
      see(new byte[] {(byte) next}, 0, 1);
    }
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, length);
    if (read > 0) {
      see(bytes, offset, read);
    }
    return read;
  }

  private void see(byte[] bytes, int offset, int length) {
    count += length;
    beginning.write(bytes, offset, Math.min(length, kept - beginning.size()));
  }

  /** Bodies are read once, from their beginning to their end. */
  @Override
  public long skip(long wanted) throws IOException {
    return readNBytes((int) Math.min(wanted, 8 * 1024)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
