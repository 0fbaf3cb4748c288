package dev.berth.lambda.ecr;

import dev.berth.lambda.ecr.EcrError.Throttling;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The memory that large request bodies share. Who comes while it is used up waits, and is throttled
 * in the end, so that any number of parts may come at once.
 */
final class BodyMemory {

  /** The heap is one, whatever number of deployments share it; most of it is for the rest. */
  static final BodyMemory SHARED =
      new BodyMemory(Runtime.getRuntime().maxMemory() / 4, Duration.ofSeconds(20));

  /** Bytes of a body that needs no leave. */
  static final int SMALL = 1024 * 1024;

  /** A body is in memory as it came, decoded, and once more while either is put together. */
  private static final int COPIES = 3;

  /** Bytes: permits are counted in integers. */
  private static final int UNIT = 1024;

  private final int units;
  private final Duration patience;
  private final Semaphore free;

  /**
   * @param bytes of all bodies and their copies
   * @param patience how long a body waits
   */
  BodyMemory(long bytes, Duration patience) {
    this.units = Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
    this.patience = patience;
    this.free = new Semaphore(units, true);
  }

  /**
   * Does what needs a request's body.
   *
   * @param length of the body, in bytes; the longest where it is not said
   * @throws Throttling if there was no memory for it in time
   */
  <T> T during(OptionalLong length, Supplier<T> work) {
    int taken = units(length.orElse(EcrApi.MAX_BODY));
    take(taken);
    try {
      return work.get();
    } finally {
      free.release(taken);
    }
  }

  /** At most all there are: the largest body has its turn when it is alone. */
  private int units(long length) {
    long bytes = Math.min(length, EcrApi.MAX_BODY);
    return bytes <= SMALL ? 0 : (int) Math.min(units, bytes * COPIES / UNIT);
  }

  private void take(int wanted) {
    try {
      if (wanted > 0 && !free.tryAcquire(wanted, patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new Throttling();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Throttling();
    }
  }
}
