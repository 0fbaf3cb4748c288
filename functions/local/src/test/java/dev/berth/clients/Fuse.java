package dev.berth.clients;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Blows after a number of steps that the clients of a registry took together, where a step is a
 * request or a piece of its body: a moment that depends on progress and not on a clock.
 */
final class Fuse {

  private static final int PIECE = 16 * 1024;

  private final AtomicLong left;
  private final CountDownLatch blown = new CountDownLatch(1);

  Fuse(long steps) {
    this.left = new AtomicLong(steps);
  }

  void step() {
    if (left.decrementAndGet() <= 0) {
      blow();
    }
  }

  /** At once, whatever is left. */
  void blow() {
    blown.countDown();
  }

  void awaitBlown() throws InterruptedException {
    blown.await();
  }

  /** A body of known length whose every piece is a step. */
  BodyPublisher known(byte[] bytes, int offset, int length) {
    return length == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(unknown(bytes, offset, length), length);
  }

  /** A body of unknown length, which is sent chunked. */
  BodyPublisher unknown(byte[] bytes, int offset, int length) {
    return BodyPublishers.ofInputStream(() -> stepping(bytes, offset, length));
  }

  private InputStream stepping(byte[] bytes, int offset, int length) {
    return new ByteArrayInputStream(bytes, offset, length) {
      @Override
      public synchronized int read(byte[] target, int start, int count) {
        step();
        return super.read(target, start, Math.min(count, PIECE));
      }
    };
  }
}
