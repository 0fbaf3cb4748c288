package dev.berth.registry.recent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Remembers for a short time what was loaded, so that what others write shows within that time, and
 * forgets at once what this process writes: a load that began before a {@link #forget} is answered
 * to whoever asked for it, but not remembered. What a load throws is not remembered either.
 */
public final class RecentCache<K, V> {

  private final Clock clock;
  private final Duration age;
  private final int most;
  private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();
  private final AtomicLong forgotten = new AtomicLong();

  /**
   * @param age how long a value is good for
   * @param most how many values are remembered; with one more, all are forgotten
   */
  public RecentCache(Clock clock, Duration age, int most) {
    this.clock = clock;
    this.age = age;
    this.most = most;
  }

  private record Entry<V>(V value, Instant loadedAt) {}

  /**
   * The value that was loaded at most the age ago, or is now.
   *
   * @param load finds it, for several threads at a time if need be; never null
   */
  public V get(K key, Supplier<V> load) {
    Instant now = clock.instant();
    return Optional.ofNullable(entries.get(key))
        .filter(entry -> isRecent(entry, now))
        .map(Entry::value)
        .orElseGet(() -> load(key, load, now));
  }

  /** A clock that was set back makes nothing last longer. */
  private boolean isRecent(Entry<V> entry, Instant now) {
    return !now.isBefore(entry.loadedAt) && now.isBefore(entry.loadedAt.plus(age));
  }

  private V load(K key, Supplier<V> load, Instant now) {
    long before = forgotten.get();
    V value = load.get();
    if (entries.size() >= most) {
      entries.clear();
    }
    var entry = new Entry<>(value, now);
    // the map does this and a removal of the key one after the other, so neither order keeps the
    // value of a load that a forget came after
    entries.compute(key, (same, old) -> forgotten.get() == before ? entry : null);
    return value;
  }

  /** To be called after each write of what the value is made of, also one that may have failed. */
  public void forget(K key) {
    forgotten.incrementAndGet();
    entries.remove(key);
  }

  /** The same, of a write that concerns many values. */
  public void forgetAll() {
    forgotten.incrementAndGet();
    entries.clear();
  }
}
