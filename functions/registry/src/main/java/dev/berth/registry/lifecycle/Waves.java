package dev.berth.registry.lifecycle;

import dev.berth.registry.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Does the same for many images: wave after wave, and several of a wave at once. */
final class Waves {

  /** All of them count in one item, that of their repository: more would wait for each other. */
  private static final int AT_ONCE = 8;

  private Waves() {}

  /**
   * @param work for an image. Where it fails for one, it is done for the others of its wave, and
   *     the first failure is thrown
   */
  static void each(List<PlannedImage> images, Consumer<PlannedImage> work) {
    var waves =
        images.stream()
            .collect(Collectors.groupingBy(PlannedImage::wave, TreeMap::new, Collectors.toList()));
    try (var executor = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      waves.values().forEach(wave -> all(executor, wave, work));
    }
  }

  private static void all(
      ExecutorService executor, List<PlannedImage> wave, Consumer<PlannedImage> work) {
    List<Callable<Object>> calls = new ArrayList<>();
    wave.forEach(image -> calls.add(Executors.callable(() -> work.accept(image))));
    try {
      for (Future<Object> call : executor.invokeAll(calls)) {
        call.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while images were expired", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
