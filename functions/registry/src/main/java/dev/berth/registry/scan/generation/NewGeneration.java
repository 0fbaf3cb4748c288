package dev.berth.registry.scan.generation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.scan.index.Generation;
import dev.berth.core.scan.index.IndexFile;
import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.Table;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A generation while its files are written. Not for use by several threads. */
public final class NewGeneration {

  /** How long one may take: what is twice as old and not in force is garbage. */
  public static final Duration LONGEST = Duration.ofHours(24);

  private final Table table;
  private final Objects objects;
  private final Clock clock;
  private final Optional<Pointer> before;
  private final String id;
  private final Instant begunAt;
  private final Set<String> written = new HashSet<>();

  NewGeneration(Table table, Objects objects, Clock clock, Optional<Pointer> before) {
    this.table = table;
    this.objects = objects;
    this.clock = clock;
    this.before = before;
    begunAt = clock.instant();
    id = GenerationKeys.freshId(begunAt);
  }

  /** Writes a file. */
  public void put(String file, byte[] bytes) {
    put(file, ByteBuffer.wrap(bytes));
  }

  private void put(String file, ByteBuffer bytes) {
    objects.put(GenerationKeys.object(id, file), bytes, ObjectEncryption.STANDARD);
    written.add(file);
  }

  /**
   * Takes a file over as it is.
   *
   * @throws DamagedGenerationException if it is not there
   */
  public void keep(StoredGeneration from, IndexFile file) {
    String source = GenerationKeys.object(from.id(), file.name());
    try {
      objects.copy(source, GenerationKeys.object(id, file.name()), ObjectEncryption.STANDARD);
      written.add(file.name());
    } catch (NoSuchObjectException e) {
      throw new DamagedGenerationException(from.id(), file.name(), e);
    }
  }

  /**
   * Puts the generation in force.
   *
   * @param manifest of the files that were written
   * @return false if another one was put in force since this was begun, or that is too long ago:
   *     then nothing changes
   */
  public boolean commit(Generation manifest) {
    requireWritten(manifest);
    if (clock.instant().isAfter(begunAt.plus(LONGEST))) {
      return false;
    }
    put(GenerationKeys.MANIFEST, ByteBuffer.wrap(manifest.json().getBytes(UTF_8)));
    return table.transact(Pointer.change(before, id, clock.instant())).committed();
  }

  private void requireWritten(Generation manifest) {
    for (IndexFile file : manifest.files()) {
      if (!written.contains(file.name())) {
        throw new IllegalStateException("%s was not written".formatted(file.name()));
      }
    }
  }
}
