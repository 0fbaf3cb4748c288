package dev.berth.registry.upload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A source of one layer that does what sources do; remembers from where it was asked. */
public final class TestSource implements LayerSource {

  private static final int AT_ONCE = 100;

  private final byte[] bytes;
  private final int end;
  private final long stop;
  private final Happening happening;
  public final List<Long> offsets = new ArrayList<>();

  /** What is done when so many bytes of the layer were read. */
  @FunctionalInterface
  public interface Happening {
    void at(long position) throws IOException;
  }

  /** What happens in the middle. */
  @FunctionalInterface
  public interface Event {
    void happen() throws IOException;
  }

  /**
   * @param end where it stops to send
   */
  public TestSource(byte[] bytes, int end, Happening happening) {
    this(bytes, end, Long.MAX_VALUE, happening);
  }

  private TestSource(byte[] bytes, int end, long stop, Happening happening) {
    this.bytes = bytes;
    this.end = end;
    this.stop = stop;
    this.happening = happening;
  }

  public static TestSource of(byte[] bytes) {
    return new TestSource(bytes, bytes.length, position -> {});
  }

  /** One whose connection breaks there. */
  public static TestSource breakingAt(byte[] bytes, int broken) {
    return at(
        bytes,
        broken,
        () -> {
          throw new IOException("the connection broke");
        });
  }

  /** One in whose middle something happens, each time that it is read there. */
  public static TestSource at(byte[] bytes, int stop, Event event) {
    return new TestSource(
        bytes,
        bytes.length,
        stop,
        position -> {
          if (position == stop) {
            event.happen();
          }
        });
  }

  @Override
  public InputStream open(long offset) {
    offsets.add(offset);
    return new InputStream() {
      private final InputStream rest =
          new ByteArrayInputStream(Arrays.copyOfRange(bytes, (int) offset, end));
      private long position = offset;

      @Override
      public int read() throws IOException {
        happening.at(position);
        int read = rest.read();
        position += read < 0 ? 0 : 1;
        return read;
      }

      @Override
      public int read(byte[] target, int from, int length) throws IOException {
        happening.at(position);
        long most = position < stop ? Math.min(AT_ONCE, stop - position) : AT_ONCE;
        int read = rest.read(target, from, (int) Math.min(length, most));
        position += Math.max(read, 0);
        return read;
      }
    };
  }
}
