package dev.berth.registry.image;

import dev.berth.registry.store.StoreException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Repeats a decision whose transaction was refused because others changed what it was based on. */
final class Retry {

  private static final int MOST_ATTEMPTS = 100;
  private static final long LONGEST_PAUSE_NANOS = 20_000_000;

  private Retry() {}

  /**
   * @param attempt reads, decides and writes; empty if it has to be made again
   * @throws StoreException if it never comes to an end: someone always was faster
   */
  static <T> T untilDecided(Supplier<Optional<T>> attempt) {
    for (int attempts = 0; attempts < MOST_ATTEMPTS; attempts++) {
      Optional<T> result = attempt.get();
      if (result.isPresent()) {
        return result.get();
      }
      // one of those who collide has won; the others come back one by one
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_NANOS));
    }
    throw new StoreException("no transaction went through in " + MOST_ATTEMPTS + " attempts");
  }
}
