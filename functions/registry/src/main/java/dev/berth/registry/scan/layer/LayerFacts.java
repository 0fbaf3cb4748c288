package dev.berth.registry.scan.layer;

import java.util.Map;
import java.util.Set;

/**
 * What one layer says about an image's operating system and packages, and what of that it takes
 * away from the layers below. It depends on the layer's bytes and on {@link #EXTRACTOR} alone, so
 * it is kept under both. Paths are from the image's root, without a leading slash.
 *
 * @param facts by path; of most layers none
 * @param removed what whiteouts remove, or a file replaces: a path, and all that is below it
 * @param opaque directories whose content in lower layers is hidden; the root is empty
 */
public record LayerFacts(Map<String, Fact> facts, Set<String> removed, Set<String> opaque) {

  /** Grows whenever the same layer would give other facts. */
  public static final int EXTRACTOR = 1;

  public LayerFacts {
    facts = Map.copyOf(facts);
    removed = Set.copyOf(removed);
    opaque = Set.copyOf(opaque);
  }
}
