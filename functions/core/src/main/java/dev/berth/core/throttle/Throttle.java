package dev.berth.core.throttle;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Token buckets, one for each account and action, so that no account takes another's share. They
 * live in the memory of one process: on Lambda each instance grants the whole rate, which protects
 * what is behind it without a call to anything shared.
 *
 * <p>A bucket is one number: when it will be full again. Whoever takes a token moves that on by the
 * rate's interval, and is refused where this would be further away than a full burst (the generic
 * cell rate algorithm, ITU-T I.371). A full bucket is the same as none, so those are forgotten.
 */
public final class Throttle {

  private static final int MANY_BUCKETS = 10_000;

  private final RateLimits limits;
  private final LongSupplier nanoTime;
  private final Map<Bucket, AtomicLong> fullAt = new ConcurrentHashMap<>();

  private record Bucket(String account, String action) {}

  /**
   * @param nanoTime a clock that never goes back, as {@link System#nanoTime}
   */
  public Throttle(RateLimits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
  }

  /**
   * Takes a token if there is one.
   *
   * @param account whose rate it is: the caller's
   * @param action without its prefix
   * @return empty if it may go on, else after how long the next token is there
   */
  public Optional<Duration> take(String account, String action) {
    long now = nanoTime.getAsLong();
    return take(bucket(new Bucket(account, action), now), limits.of(action), now);
  }

  /** A token that is taken at the moment when its bucket is forgotten is not counted. */
  private AtomicLong bucket(Bucket bucket, long now) {
    AtomicLong found = fullAt.get(bucket);
    if (found != null) {
      return found;
    }
    if (fullAt.size() >= MANY_BUCKETS) {
      fullAt.values().removeIf(other -> other.get() - now <= 0);
    }
    return fullAt.computeIfAbsent(bucket, none -> new AtomicLong(now));
  }

  private static Optional<Duration> take(AtomicLong bucket, Rate rate, long now) {
    long interval = rate.interval().toNanos();
    long furthest = interval * rate.burst();
    while (true) {
      long before = bucket.get();
      long wait = before - now <= 0 ? 0 : before - now;
      if (wait + interval > furthest) {
        return Optional.of(Duration.ofNanos(wait + interval - furthest));
      }
      if (bucket.compareAndSet(before, now + wait + interval)) {
        return Optional.empty();
      }
    }
  }
}
