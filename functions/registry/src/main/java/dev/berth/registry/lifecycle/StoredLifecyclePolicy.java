package dev.berth.registry.lifecycle;

import java.time.Instant;
import java.util.Optional;

/**
 * A repository's lifecycle policy.
 *
 * @param text as it was sent
 * @param lastEvaluatedAt when images were last expired by it; empty while it has not been run
 */
public record StoredLifecyclePolicy(String text, Optional<Instant> lastEvaluatedAt) {}
