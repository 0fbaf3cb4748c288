package dev.berth.registry.upload;

import dev.berth.registry.RegistryException.BodyTruncated;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads one body into buffers, and keeps apart what the client did wrong from what we do. */
final class BodyReader {

  private final Body body;
  private long read;
  private boolean over;
  private OptionalLong ahead = OptionalLong.empty();
  private Optional<BodyTruncated> truncated = Optional.empty();

  BodyReader(Body body) {
    this.body = body;
    this.over = body.isEmpty();
  }

  /** How many bytes are likely to come; 0 where the client did not say. */
  long expected() {
    return body.length().orElse(0);
  }

  /** Fills the buffer, or reaches the end of the body with less than that. */
  void fill(PartBuffer buffer) {
    try {
      ahead.ifPresent(oneByte -> buffer.add((int) oneByte));
      ahead = OptionalLong.empty();
      while (!over && !buffer.isFull()) {
        count(buffer.readFrom(body.bytes(), remaining()));
      }
      if (!over) {
        lookAhead();
      }
    } catch (IOException broken) {
      truncate("The connection broke after %d bytes of the body.".formatted(read));
    }
  }

  private void count(int bytes) {
    if (bytes >= 0) {
      read += bytes;
      over = remaining() == 0;
    } else if (body.length().isPresent()) {
      truncate("The body ended after %d bytes of %d.".formatted(read, body.length().getAsLong()));
    } else {
      over = true;
    }
  }

  /** A full buffer is the last one if nothing follows, and the last one is treated otherwise. */
  private void lookAhead() throws IOException {
    if (body.length().isPresent()) {
      return;
    }
    int next = body.bytes().read();
    over = next < 0;
    if (!over) {
      read++;
      ahead = OptionalLong.of(next);
    }
  }

  private void truncate(String message) {
    truncated = Optional.of(new BodyTruncated(message));
    over = true;
  }

  private long remaining() {
    return body.length().orElse(Long.MAX_VALUE) - read;
  }

  /** Whether the buffer filled last was the last one. */
  boolean isOver() {
    return over;
  }

  long read() {
    return read;
  }

  Optional<BodyTruncated> truncated() {
    return truncated;
  }
}
