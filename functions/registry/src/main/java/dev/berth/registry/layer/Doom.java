package dev.berth.registry.layer;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The mark by which a collection run announces that it is about to remove a link. It tells when it
 * was made, so that any later run can go on with it, and is told from every other mark.
 */
final class Doom {

  private static final String SEPARATOR = "-";

  private Doom() {}

  static String at(Instant now) {
    return now.toEpochMilli() + SEPARATOR + UUID.randomUUID();
  }

  /** When a mark was made; empty for one of another make, which is as old as can be. */
  static Optional<Instant> madeAt(String doom) {
    try {
      return Optional.of(
          Instant.ofEpochMilli(Long.parseLong(doom.substring(0, doom.indexOf(SEPARATOR)))));
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
