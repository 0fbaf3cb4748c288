package dev.berth.registry.scan.generation;

import dev.berth.registry.cache.RecentCache;
import java.time.Clock;
import java.util.Optional;

/**
 * The indexes that scans are to read now, kept in memory. That another generation is in force is
 * noticed within {@link RecentCache#AGE}.
 */
public final class CurrentIndexes {

  private static final String CURRENT = "current";

  private final Generations generations;
  private final LoadedFiles loaded;
  private final RecentCache<String, Optional<Indexes>> recent;
  private volatile Optional<Indexes> last = Optional.empty();

  public CurrentIndexes(Generations generations, Clock clock) {
    this(generations, LoadedFiles.ofThisProcess(), clock);
  }

  CurrentIndexes(Generations generations, LoadedFiles loaded, Clock clock) {
    this.generations = generations;
    this.loaded = loaded;
    recent = new RecentCache<>(clock, 1);
  }

  /**
   * Those of the generation in force; empty where no feed was ever imported. A scan asks once, so
   * that all that it reads belongs together.
   *
   * @throws DamagedGenerationException if the generation's manifest cannot be read
   * @throws dev.berth.registry.store.StoreException when a store cannot answer
   */
  public Optional<Indexes> current() {
    return recent.get(CURRENT, _ -> read());
  }

  private Optional<Indexes> read() {
    Optional<String> id = generations.currentId();
    last =
        id.flatMap(_ -> last)
            .filter(indexes -> id.equals(Optional.of(indexes.id())))
            .or(() -> id.map(this::indexes));
    return last;
  }

  private Indexes indexes(String id) {
    return new Indexes(generations, loaded, generations.stored(id));
  }
}
