package dev.berth.lambda.replication;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Breaks off what waits for a server for too long: a server that sends a byte now and then ends no
 * socket's time-out, but may keep a header, or a record of TLS, from ever being complete.
 *
 * <p>A wait is broken off by an interrupt, which closes the socket that a virtual thread waits for;
 * on other threads waits are not bounded by this.
 */
final class Watch implements AutoCloseable {

  private final Duration most;
  private Thread waiting = Thread.currentThread();
  private boolean isWaiting;
  private boolean late;
  private boolean closed;
  private long end;

  /**
   * @param most between two looks: the shortest of the times that are waited for
   */
  Watch(Duration most) {
    this.most = most;
    Thread.ofVirtual().name("watch").start(this::run);
  }

  private synchronized void run() {
    try {
      while (!closed && !late) {
        long left = isWaiting ? end - System.nanoTime() : most.toNanos();
        if (left > 0) {
          // what begins meanwhile ends later
          TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, most.toNanos()));
        } else {
          late = true;
          waiting.interrupt();
        }
      }
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  /** What waits for a server. */
  interface Wait<T> {
    T over() throws IOException;
  }

  /**
   * @throws SocketTimeoutException if it takes longer, or did so before
   */
  <T> T within(Duration longest, Wait<T> wait) throws IOException {
    begin(longest);
    try {
      T result = wait.over();
      if (end()) {
        // the JDK's client may have the half of a head
        throw new SocketTimeoutException();
      }
      return result;
    } catch (IOException e) {
      throw end() ? new SocketTimeoutException() : e;
    } finally {
      end();
    }
  }

  private synchronized void begin(Duration longest) throws SocketTimeoutException {
    if (late) {
      throw new SocketTimeoutException();
    }
    waiting = Thread.currentThread();
    end = System.nanoTime() + longest.toNanos();
    isWaiting = waiting.isVirtual();
  }

  /**
   * What the thread does next is not to be interrupted.
   *
   * @return whether its wait was broken off
   */
  private synchronized boolean end() {
    if (isWaiting && late) {
      Thread.interrupted();
    }
    isWaiting = false;
    return late;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
