package dev.berth.local.http;

import dev.berth.lambda.http.EdgeError;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A request's body: the connection's event loop puts in what arrives, the handler's thread takes it
 * out. It asks for more only when little is left, so that no more than {@link #CAPACITY} and what
 * one read of the socket brings is ever held.
 */
final class RequestBody extends InputStream {

  /** In bytes. */
  private static final int CAPACITY = 512 * 1024;

  /** What a buffer costs besides its bytes, so that many small ones count as well. */
  private static final int OVERHEAD = 512;

  /** What a reader that asks for as much waits for: each time that it is woken costs. */
  private static final int WORTH_WAKING = CAPACITY / 2;

  private static final int COPY = 128 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<ByteBuf> queue = new ArrayDeque<>();
  private final Duration timeout;
  private final Feed feed;
  private int cost;
  private int wanted;
  private boolean begun;
  private boolean full;
  private boolean ended;
  private boolean abandoned;
  private RefusedException failure;

  /** What the body asks of its connection, from the handler's thread. */
  interface Feed {

    /** The body is read for the first time. */
    void begin();

    /** There is room for more after the body was full. */
    void more();
  }

  /**
   * @param timeout for the next bytes to arrive
   */
  RequestBody(Duration timeout, Feed feed) {
    this.timeout = timeout;
    this.feed = feed;
  }

  /**
   * Puts in what arrived.
   *
   * @param bytes released by the body
   * @return whether the body is full now; {@link Feed#more} says when it is no longer
   */
  boolean offer(ByteBuf bytes) {
    lock.lock();
    try {
      if (abandoned || failure != null || !bytes.isReadable()) {
        bytes.release();
        return false;
      }
      queue.add(bytes);
      cost += bytes.readableBytes() + OVERHEAD;
      full |= cost >= CAPACITY;
      if (hasWanted()) {
        changed.signal();
      }
      return full;
    } finally {
      lock.unlock();
    }
  }

  /** All has arrived. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more will arrive: whoever reads gets this. Nothing happens after the end. */
  void fail(RefusedException cause) {
    lock.lock();
    try {
      if (!ended && failure == null) {
        failure = cause;
        drop();
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nobody reads any more: what arrives is dropped. */
  void abandon() {
    lock.lock();
    try {
      abandoned = true;
      drop();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Why the body cannot be read to its end, where it cannot. */
  Optional<RefusedException> failure() {
    lock.lock();
    try {
      return Optional.ofNullable(failure);
    } finally {
      lock.unlock();
    }
  }

  private void drop() {
    queue.forEach(ByteBuf::release);
    queue.clear();
    cost = 0;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    begin();
    boolean more;
    int count;
    lock.lock();
    try {
      wanted = Math.min(length, WORTH_WAKING);
      if (!await()) {
        return -1;
      }
      count = take(bytes, offset, length);
      more = full && cost < CAPACITY / 2;
      full &= !more;
    } finally {
      lock.unlock();
    }
    if (more) {
      feed.more();
    }
    return count;
  }

  private void begin() {
    if (!begun) {
      begun = true;
      feed.begin();
    }
  }

  private boolean hasWanted() {
    return cost >= wanted;
  }

  /** Waits for the bytes that are wanted, or what comes of them in time; false at the end. */
  private boolean await() throws IOException {
    long left = timeout.toNanos();
    while (!hasWanted() && !ended && !abandoned && failure == null && left > 0) {
      left = awaitChange(left);
    }
    if (failure == null && queue.isEmpty() && abandoned) {
      throw new IOException("the request was answered already");
    }
    if (failure == null && queue.isEmpty() && !ended) {
      failure =
          new RefusedException(
              EdgeError.TIMEOUT, "no more of the body arrived for " + timeout.toSeconds() + " s");
    }
    if (failure != null) {
      throw failure;
    }
    return !queue.isEmpty();
  }

  private long awaitChange(long nanos) throws IOException {
    try {
      return changed.awaitNanos(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }

  private int take(byte[] bytes, int offset, int length) {
    int taken = 0;
    while (taken < length && !queue.isEmpty()) {
      var first = queue.element();
      int count = Math.min(length - taken, first.readableBytes());
      first.readBytes(bytes, offset + taken, count);
      taken += count;
      cost -= count;
      if (!first.isReadable()) {
        queue.remove().release();
        cost -= OVERHEAD;
      }
    }
    return taken;
  }

  @Override
  public int available() {
    lock.lock();
    try {
      return queue.isEmpty() ? 0 : queue.element().readableBytes();
    } finally {
      lock.unlock();
    }
  }

  /** With a large buffer, for the inherited one copies in small pieces. */
  @Override
  public long transferTo(OutputStream out) throws IOException {
    var buffer = new byte[COPY];
    long total = 0;
    for (int count = read(buffer); count >= 0; count = read(buffer)) {
      out.write(buffer, 0, count);
      total += count;
    }
    return total;
  }
}
