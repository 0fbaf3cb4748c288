package dev.berth.registry.store;

import java.util.List;
import java.util.Optional;

/**
 * A part of a longer listing.
 *
 * @param next where the following part begins: what to pass as the position to get it; empty at the
 *     end
 */
public record Page<T>(List<T> entries, Optional<String> next) {
  public Page {
    entries = List.copyOf(entries);
  }
}
