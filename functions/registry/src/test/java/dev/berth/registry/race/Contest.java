package dev.berth.registry.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Writers that begin at once. */
final class Contest {

  private Contest() {}

  /** What came of each task, in their order: empty for those that are refused as expected. */
  static <T> List<Optional<T>> of(
      List<Callable<T>> tasks, Class<? extends RuntimeException> refusal) throws Exception {
    var start = new CyclicBarrier(tasks.size());
    try (var threads = Executors.newCachedThreadPool()) {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> task : tasks) {
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return task.call();
                }));
      }
      List<Optional<T>> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(resultOf(future, refusal));
      }
      return results;
    }
  }

  private static <T> Optional<T> resultOf(
      Future<T> future, Class<? extends RuntimeException> refusal) throws Exception {
    try {
      return Optional.of(future.get());
    } catch (ExecutionException e) {
      assertThat(e).cause().isInstanceOf(refusal);
      return Optional.empty();
    }
  }
}
