package dev.berth.registry.replication;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Lets only so many at a time work on the same thing, in the order in which they come. Nobody waits
 * for what is done to another thing, and nothing is kept of one that nobody works on or waits for.
 */
final class Places<K> {

  private final int many;
  private final Map<K, Place> places = new ConcurrentHashMap<>();

  /**
   * @param many at a time
   */
  Places(int many) {
    this.many = many;
  }

  /**
   * @param users those that have it, and those that wait for it
   */
  private record Place(Semaphore free, int users) {
    Place used(int more) {
      return new Place(free, users + more);
    }
  }

  interface Work {
    void run() throws InterruptedException;
  }

  /**
   * @param budget that ends the waiting, but not the work
   * @throws Budget.Unfinished if it is over before there is a place
   */
  void work(K what, Budget budget, Work work) throws InterruptedException {
    Semaphore free = enter(what).free();
    try {
      budget.await(free);
      try {
        work.run();
      } finally {
        free.release();
      }
    } finally {
      leave(what);
    }
  }

  private Place enter(K what) {
    return places.compute(
        what,
        (any, there) -> there == null ? new Place(new Semaphore(many, true), 1) : there.used(1));
  }

  private void leave(K what) {
    places.computeIfPresent(what, (any, there) -> there.users() == 1 ? null : there.used(-1));
  }

  boolean isEmpty() {
    return places.isEmpty();
  }
}
