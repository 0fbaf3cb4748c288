package dev.berth.registry.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Remembers what was read lately, so that what changes elsewhere shows after {@link #AGE} at the
 * latest, and what this process changes, which it is told to forget, at once.
 */
public final class RecentCache<K, V> {

  /** How old an answer may be. */
  public static final Duration AGE = Duration.ofSeconds(5);

  private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();
  private final Clock clock;
  private final int most;

  /**
   * @param most entries that are kept; when there are more, all are forgotten
   */
  public RecentCache(Clock clock, int most) {
    this.clock = clock;
    this.most = most;
  }

  /**
   * Distinct by identity, so that a load which began before a forget is not taken for a later one.
   */
  private static final class Entry<V> {
    private final Instant loadedAt;
    private volatile V value;

    Entry(Instant loadedAt) {
      this.loadedAt = loadedAt;
    }
  }

  /** What was read of this key lately, else what {@code load} reads now. */
  public V get(K key, Function<? super K, ? extends V> load) {
    Instant now = clock.instant();
    Entry<V> entry = entries.get(key);
    if (entry != null && entry.value != null && now.isBefore(entry.loadedAt.plus(AGE))) {
      return entry.value;
    }
    return load(key, load, new Entry<>(now));
  }

  private V load(K key, Function<? super K, ? extends V> load, Entry<V> entry) {
    if (entries.size() >= most) {
      entries.clear();
    }
    // put before it is loaded: whoever forgets the key meanwhile takes this entry away
    entries.put(key, entry);
    try {
      entry.value = load.apply(key);
      return entry.value;
    } finally {
      if (entry.value == null) {
        entries.remove(key, entry);
      }
    }
  }

  public void forget(K key) {
    entries.remove(key);
  }

  /** The same of all keys. */
  public void forgetAll() {
    entries.clear();
  }
}
