package dev.berth.registry.scan.generation;

import dev.berth.core.scan.index.CveIndex;
import dev.berth.core.scan.index.CveSource;
import dev.berth.core.scan.index.Generation;
import dev.berth.core.scan.index.IndexFile;
import dev.berth.core.scan.index.InvalidIndexException;
import dev.berth.core.scan.index.ReleaseIndex;
import java.util.Optional;
import java.util.function.Function;

/**
 * The indexes of one generation. Files are read when they are asked for. May be used by several
 * threads, for as long as a scan takes.
 *
 * <p>Whatever reads a file throws {@link DamagedGenerationException} if it is not as it was
 * written, and {@link dev.berth.registry.store.StoreException} when the store cannot answer.
 */
public final class Indexes {

  private final Generations generations;
  private final LoadedFiles loaded;
  private final StoredGeneration generation;

  Indexes(Generations generations, LoadedFiles loaded, StoredGeneration generation) {
    this.generations = generations;
    this.loaded = loaded;
    this.generation = generation;
  }

  /** Of the generation. */
  public String id() {
    return generation.id();
  }

  public Generation manifest() {
    return generation.manifest();
  }

  /**
   * What is vulnerable in a release; empty where no feed of it was imported.
   *
   * @param name as {@code Distribution.index} says it
   */
  public Optional<ReleaseIndex> release(String name) {
    return file(name, IndexFile.Kind.RELEASE)
        .map(file -> load(file, ReleaseIndex.class, ReleaseIndex::read));
  }

  /**
   * What is known of vulnerabilities. Whoever asks for many had better ask in the order of their
   * names, as each year is a file of its own.
   */
  public CveSource cves() {
    return cve ->
        file(IndexFile.cvesWith(cve), IndexFile.Kind.CVES)
            .map(file -> load(file, CveIndex.class, CveIndex::read))
            .flatMap(index -> index.find(cve));
  }

  private Optional<IndexFile> file(String name, IndexFile.Kind kind) {
    return manifest().file(name).filter(file -> file.kind() == kind);
  }

  private <T> T load(IndexFile file, Class<T> type, Function<byte[], T> read) {
    String key = GenerationKeys.object(id(), file.name());
    return loaded.get(key, file.size(), type, () -> read(file, read));
  }

  private <T> T read(IndexFile file, Function<byte[], T> read) {
    try {
      return read.apply(generations.read(generation, file));
    } catch (InvalidIndexException e) {
      throw new DamagedGenerationException(id(), file.name(), e);
    }
  }
}
