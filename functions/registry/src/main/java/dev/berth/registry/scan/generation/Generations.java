package dev.berth.registry.scan.generation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.scan.index.Generation;
import dev.berth.core.scan.index.IndexFile;
import dev.berth.core.scan.index.InvalidIndexException;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The generations of one deployment.
 *
 * <p>All methods throw {@link dev.berth.registry.store.StoreException} when a store cannot answer.
 */
public final class Generations {

  /** Of a manifest, in bytes: a thousand times what one has for each feed and file. */
  private static final int MANIFEST = 16 << 20;

  private static final System.Logger LOG = System.getLogger(Generations.class.getName());

  private final Table table;
  private final Objects objects;
  private final Clock clock;

  public Generations(Table table, Objects objects, Clock clock) {
    this.table = table;
    this.objects = objects;
    this.clock = clock;
  }

  /**
   * The one in force; empty where none was ever imported.
   *
   * @throws DamagedGenerationException if its manifest cannot be read
   */
  public Optional<StoredGeneration> current() {
    return pointer(Consistency.STRONG).map(pointer -> stored(pointer.id()));
  }

  /** The id of the one in force, as it was a moment ago. */
  Optional<String> currentId() {
    return pointer(Consistency.EVENTUAL).map(Pointer::id);
  }

  private Optional<Pointer> pointer(Consistency consistency) {
    return Pointer.read(table, consistency);
  }

  StoredGeneration stored(String id) {
    try {
      byte[] json = bytes(id, GenerationKeys.MANIFEST, MANIFEST);
      return new StoredGeneration(id, Generation.parse(new String(json, UTF_8)));
    } catch (InvalidIndexException | NoSuchObjectException e) {
      throw new DamagedGenerationException(id, GenerationKeys.MANIFEST, e);
    }
  }

  /**
   * The bytes of a file of a generation, as many as its manifest says.
   *
   * @throws DamagedGenerationException if they are not there
   */
  public byte[] read(StoredGeneration generation, IndexFile file) {
    try {
      byte[] bytes = bytes(generation.id(), file.name(), Math.toIntExact(file.size()));
      if (bytes.length != file.size()) {
        throw new InvalidIndexException(
            "there are %d bytes, and not %d".formatted(bytes.length, file.size()));
      }
      return bytes;
    } catch (InvalidIndexException | NoSuchObjectException e) {
      throw new DamagedGenerationException(generation.id(), file.name(), e);
    }
  }

  private byte[] bytes(String id, String file, int most) {
    try (InputStream in = objects.get(GenerationKeys.object(id, file), 0, most)) {
      return in.readNBytes(most);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins a generation that is to take the place of the one that is in force now. */
  public NewGeneration begin() {
    return new NewGeneration(table, objects, clock, pointer(Consistency.STRONG));
  }

  /** How taking over ended. */
  public enum Takeover {
    DONE,
    /** The same is in force here, or nothing there. */
    NOTHING_NEW,
    /** Meanwhile another one was put in force here. */
    OVERTAKEN
  }

  /**
   * Puts in force what is in force in another deployment.
   *
   * @throws DamagedGenerationException if that cannot be read; then nothing changes
   */
  public Takeover takeOver(Generations other) {
    NewGeneration begun = begin();
    Optional<StoredGeneration> there = other.current();
    if (there.isEmpty() || manifest().equals(there.map(StoredGeneration::manifest))) {
      return Takeover.NOTHING_NEW;
    }
    Generation manifest = there.get().manifest();
    manifest.files().forEach(file -> begun.put(file.name(), other.read(there.get(), file)));
    return begun.commit(manifest) ? Takeover.DONE : Takeover.OVERTAKEN;
  }

  private Optional<Generation> manifest() {
    try {
      return current().map(StoredGeneration::manifest);
    } catch (DamagedGenerationException e) {
      LOG.log(System.Logger.Level.ERROR, "another generation takes its place", e);
      return Optional.empty();
    }
  }

  /**
   * Those of the objects that nobody reads, nor will.
   *
   * @param objectKeys any; those that are no generation's are kept
   */
  public Set<String> unused(Collection<String> objectKeys) {
    Set<String> ours =
        objectKeys.stream()
            .filter(key -> GenerationKeys.generationOf(key).isPresent())
            .collect(Collectors.toSet());
    if (ours.isEmpty()) {
      return Set.of();
    }
    Optional<Pointer> pointer = pointer(Consistency.STRONG);
    Instant now = clock.instant();
    return ours.stream()
        .filter(key -> isUnused(GenerationKeys.generationOf(key).orElseThrow(), pointer, now))
        .collect(Collectors.toSet());
  }

  private static boolean isUnused(String id, Optional<Pointer> pointer, Instant now) {
    Instant over = GenerationKeys.begunAt(id).plus(NewGeneration.LONGEST.multipliedBy(2));
    return !over.isAfter(now) && pointer.filter(it -> it.mayBeRead(id, now)).isEmpty();
  }
}
