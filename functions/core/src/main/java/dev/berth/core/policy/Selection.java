package dev.berth.core.policy;

import java.util.List;
import java.util.function.Predicate;

/**
 * What an element of a statement selects: what its entries match, or, for the elements that begin
 * with {@code Not}, everything else.
 *
 * @param inverted whether it is the {@code Not} form
 * @param entries at least one, in the order of the policy
 */
public record Selection<T>(boolean inverted, List<T> entries) {

  public Selection {
    entries = List.copyOf(entries);
  }

  /**
   * @param matches whether an entry matches what is asked about
   */
  public boolean selects(Predicate<T> matches) {
    for (T entry : entries) {
      if (matches.test(entry)) {
        return !inverted;
      }
    }
    return inverted;
  }
}
