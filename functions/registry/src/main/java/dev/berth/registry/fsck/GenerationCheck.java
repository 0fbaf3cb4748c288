package dev.berth.registry.fsck;

import dev.berth.core.scan.index.CveIndex;
import dev.berth.core.scan.index.IndexFile;
import dev.berth.core.scan.index.InvalidIndexException;
import dev.berth.core.scan.index.ReleaseIndex;
import dev.berth.registry.scan.generation.DamagedGenerationException;
import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.scan.generation.StoredGeneration;

/** The files of the generation of indexes that is in force, one of them in memory. */
final class GenerationCheck {

  private final Generations generations;
  private final Faults faults;

  GenerationCheck(Generations generations, Faults faults) {
    this.generations = generations;
    this.faults = faults;
  }

  void check() {
    try {
      generations
          .current()
          .ifPresent(
              generation -> generation.manifest().files().forEach(file -> check(generation, file)));
    } catch (DamagedGenerationException e) {
      faults.tell(e.getMessage());
    }
  }

  private void check(StoredGeneration generation, IndexFile file) {
    try {
      byte[] bytes = generations.read(generation, file);
      switch (file.kind()) {
        case RELEASE -> ReleaseIndex.read(bytes);
        case CVES -> CveIndex.read(bytes);
      }
    } catch (DamagedGenerationException e) {
      faults.tell(e.getMessage());
    } catch (InvalidIndexException e) {
      faults.tell(
          "%s of generation %s: %s".formatted(file.name(), generation.id(), e.getMessage()));
    }
  }
}
