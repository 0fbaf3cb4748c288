package dev.berth.registry.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.registry.repository.Repository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The lifecycle policy that a repository is under.
 *
 * @param own whether it is the repository's own, not its registry's default
 * @param lastEvaluatedAt when this repository was last run by it; empty while it was not
 */
public record EffectivePolicy(
    Repository repository, String text, boolean own, Optional<Instant> lastEvaluatedAt) {

  /** The same for the same text. */
  String id() {
    return idOf(text);
  }

  static String idOf(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(UTF_8)).toString();
  }

  /** Whether the same repository is under the same policy. */
  boolean isStill(EffectivePolicy other) {
    return repository.id().equals(other.repository.id()) && text.equals(other.text);
  }
}
