package dev.berth.local.files;

import dev.berth.local.files.ObjectReading.Region;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A range of an object as a stream. */
final class ObjectStream extends InputStream {

  /** The JDK keeps a direct buffer for each thread as large as the largest that it read into. */
  private static final int READ_AT_ONCE = 1 << 20;

  private final ObjectReading reading;
  private Optional<Region> current = Optional.empty();

  /** How many bytes of the current region are read. */
  private long read;

  ObjectStream(ObjectReading reading) {
    this.reading = reading;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    java.util.Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (current.isEmpty() && !advance()) {
      return -1;
    }
    Region region = current.orElseThrow();
    int most = (int) Math.min(Math.min(length, READ_AT_ONCE), region.count() - read);
    int count =
        region
            .channel()
            .position(region.position() + read)
            .read(ByteBuffer.wrap(bytes, offset, most));
    if (count < 0) {
      throw new EOFException("an object's file is shorter than it was written");
    }
    read += count;
    if (read == region.count()) {
      closeCurrent();
    }
    return count;
  }

  private boolean advance() {
    current = reading.next();
    read = 0;
    if (current.isEmpty()) {
      reading.close();
    }
    return current.isPresent();
  }

  private void closeCurrent() throws IOException {
    if (current.isPresent()) {
      current.orElseThrow().channel().close();
      current = Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    try (reading) {
      closeCurrent();
    }
  }
}
