package dev.berth.registry.upload;

import dev.berth.registry.store.Objects.Part;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** One part that is written and hashed at the same time, each on a thread of its own. */
final class InFlight {

  private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

  private final CompletableFuture<Part> writing;
  private final CompletableFuture<Void> both;

  private InFlight(Supplier<Part> write, Runnable hash) {
    writing = CompletableFuture.supplyAsync(write, THREADS);
    both = CompletableFuture.allOf(writing, CompletableFuture.runAsync(hash, THREADS));
  }

  static InFlight start(Supplier<Part> write, Runnable hash) {
    return new InFlight(write, hash);
  }

  /** Waits until neither needs the bytes any more; throws what either threw only then. */
  Part join() {
    try {
      both.join();
      return writing.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
