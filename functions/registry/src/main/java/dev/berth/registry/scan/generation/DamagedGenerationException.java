package dev.berth.registry.scan.generation;

/** A file of a generation is not there, or not as it was written. The message names both. */
public final class DamagedGenerationException extends RuntimeException {

  DamagedGenerationException(String id, String file, Exception cause) {
    super("%s of generation %s: %s".formatted(file, id, cause.getMessage()), cause);
  }
}
