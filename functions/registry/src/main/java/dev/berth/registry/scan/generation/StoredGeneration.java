package dev.berth.registry.scan.generation;

import dev.berth.core.scan.index.Generation;

/**
 * A generation as it is kept.
 *
 * @param id unique in its deployment
 */
public record StoredGeneration(String id, Generation manifest) {}
