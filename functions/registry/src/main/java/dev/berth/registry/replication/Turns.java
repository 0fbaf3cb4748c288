package dev.berth.registry.replication;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** Lets one at a time do the same thing; things that are not the same rarely wait either. */
final class Turns {

  private static final int MANY = 256;

  private final Lock[] locks =
      IntStream.range(0, MANY).mapToObj(i -> new ReentrantLock()).toArray(Lock[]::new);

  interface Turn {
    void take() throws InterruptedException;
  }

  void take(Object what, Turn turn) throws InterruptedException {
    Lock lock = locks[Math.floorMod(what.hashCode(), MANY)];
    lock.lockInterruptibly();
    try {
      turn.take();
    } finally {
      lock.unlock();
    }
  }
}
