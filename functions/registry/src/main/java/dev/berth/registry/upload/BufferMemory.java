package dev.berth.registry.upload;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the buffers of all uploads may grow into, so that many uploads at once make each
 * other's parts smaller instead of running out of memory.
 */
final class BufferMemory {

  /** The heap is one, whatever number of deployments share it; two thirds are for the rest. */
  private static final BufferMemory OF_THE_HEAP =
      new BufferMemory(Runtime.getRuntime().maxMemory() / 3);

  private final AtomicLong free;

  BufferMemory(long bytes) {
    this.free = new AtomicLong(bytes);
  }

  static BufferMemory ofTheHeap() {
    return OF_THE_HEAP;
  }

  /** Takes so many bytes if they are there. */
  boolean tryTake(int bytes) {
    return free.getAndUpdate(left -> left >= bytes ? left - bytes : left) >= bytes;
  }

  /** Takes them although they may not be there, because there is no doing without. */
  void take(int bytes) {
    free.addAndGet(-bytes);
  }

  void giveBack(int bytes) {
    free.addAndGet(bytes);
  }

  long free() {
    return free.get();
  }
}
