package dev.berth.registry.gc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Deletes several at a time: each waits for the disk, or for S3. */
final class Deletions {

  private static final int AT_ONCE = 8;

  private Deletions() {}

  /** Returns when all are done; the first failure is thrown then. */
  static <T> void of(Collection<T> things, Consumer<T> delete) {
    if (things.isEmpty()) {
      return;
    }
    List<Future<?>> deletions = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      things.forEach(thing -> deletions.add(threads.submit(() -> delete.accept(thing))));
    }
    deletions.forEach(Deletions::requireDone);
  }

  private static void requireDone(Future<?> deletion) {
    try {
      deletion.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a deletion failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
