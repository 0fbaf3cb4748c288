package dev.berth.registry.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The bytes of a layer from elsewhere: not one more than there are to be, and none after the
 * deadline. It ends with an exception where anything is wrong, and remembers what.
 */
final class ArrivingStream extends FilterInputStream {

  private final long expected;
  private final Deadline deadline;
  private long count;
  private Optional<End> end = Optional.empty();

  /** Why it ended before all bytes were there. */
  sealed interface End {
    record OutOfTime() implements End {}

    /** It may be gone on with. */
    record Broken(String why) implements End {}

    record TooLong() implements End {}
  }

  /**
   * @param expected how many bytes there are to be, at least 1
   */
  ArrivingStream(InputStream bytes, long expected, Deadline deadline) {
    super(bytes);
    this.expected = expected;
    this.deadline = deadline;
  }

  /** Empty as long as all is well. */
  Optional<End> end() {
    return end;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (deadline.isOver()) {
      throw ended(new End.OutOfTime());
    }
    try {
      return counted(in.read(target, offset, length));
    } catch (IOException e) {
      throw end.isPresent() ? e : ended(new End.Broken(e.getMessage()));
    }
  }

  private int counted(int read) throws IOException {
    if (read < 0) {
      throw ended(new End.Broken("it ended after %d bytes of %d".formatted(count, expected)));
    }
    count += read;
    if (count == expected && in.read() >= 0) {
      throw ended(new End.TooLong());
    }
    return read;
  }

  private IOException ended(End how) {
    end = Optional.of(how);
    return new IOException(how.toString());
  }
}
