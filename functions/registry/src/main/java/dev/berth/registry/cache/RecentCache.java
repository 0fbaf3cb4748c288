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
   * @param most entries that are kept, or as many more as threads load at once; when there are
   *     more, all are forgotten
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

    /** A clock that was set back makes no answer last longer. */
    boolean isRecent(Instant now) {
      return !now.isBefore(loadedAt) && now.isBefore(loadedAt.plus(AGE));
    }
  }

  /** What was read of this key lately, else what {@code load} reads now. */
  public V get(K key, Function<? super K, ? extends V> load) {
    Instant now = clock.instant();
    Entry<V> entry = entries.get(key);
    if (entry != null && entry.value != null && entry.isRecent(now)) {
      return entry.value;
    }
    return load(key, load, new Entry<>(now));
  }

  private V load(K key, Function<? super K, ? extends V> load, Entry<V> entry) {
    makeRoom(entry.loadedAt);
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

  private void makeRoom(Instant now) {
    if (entries.size() >= most) {
      entries.values().removeIf(entry -> !entry.isRecent(now));
    }
    if (entries.size() >= most) {
      entries.clear();
    }
  }

  /** What was read before this is not answered any more, not by a load under way either. */
  public void forget(K key) {
    entries.remove(key);
  }

  /** The same of all keys. */
  public void forgetAll() {
    entries.clear();
  }
}
