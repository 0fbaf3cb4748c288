package dev.berth.registry.scan.generation;

import dev.berth.registry.store.ObjectRules;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of generations' objects: {@code generations/<generation's id>/<file>}. An id says when
 * the generation was begun, as an object that is a copy may look as old as what it is a copy of.
 */
final class GenerationKeys {

  static final String MANIFEST = "manifest.json";

  private static final String BEGINNING = "generations/";
  private static final Pattern OBJECT = Pattern.compile(BEGINNING + "(\\d{1,12}-[^/]+)/[^/]+");

  private GenerationKeys() {}

  /** Which no generation ever had. */
  static String freshId(Instant begunAt) {
    return "%d-%s".formatted(begunAt.getEpochSecond(), UUID.randomUUID());
  }

  static Instant begunAt(String id) {
    return Instant.ofEpochSecond(Long.parseLong(id.substring(0, id.indexOf('-'))));
  }

  static String object(String id, String file) {
    return ObjectRules.key(BEGINNING + id + "/" + file);
  }

  /** The generation whose object it is; empty for another's. */
  static Optional<String> generationOf(String objectKey) {
    Matcher object = OBJECT.matcher(objectKey);
    return object.matches() ? Optional.of(object.group(1)) : Optional.empty();
  }
}
