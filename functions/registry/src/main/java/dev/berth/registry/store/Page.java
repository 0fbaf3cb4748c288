package dev.berth.registry.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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

  /** The same part of what is made of the entries. */
  public <R> Page<R> map(Function<? super T, ? extends R> mapper) {
    return new Page<>(entries.stream().<R>map(mapper).toList(), next);
  }
}
