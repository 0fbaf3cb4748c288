package dev.berth.registry.store;

import java.util.Set;

/** How a transaction ended: all of it happened, or none of it. */
public sealed interface Outcome {

  record Committed() implements Outcome {}

  /**
   * Nothing happened.
   *
   * @param actions the positions in the transaction, from 0, of the actions whose condition failed
   */
  record Refused(Set<Integer> actions) implements Outcome {
    public Refused {
      actions = Set.copyOf(actions);
    }

    public boolean at(int position) {
      return actions.contains(position);
    }
  }

  default boolean committed() {
    return this instanceof Committed;
  }
}
