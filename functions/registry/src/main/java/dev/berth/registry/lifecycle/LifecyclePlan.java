package dev.berth.registry.lifecycle;

import dev.berth.core.lifecycle.Expiration;
import dev.berth.core.lifecycle.ExpirationFamilies;
import dev.berth.core.lifecycle.ExpirationFamilies.Member;
import dev.berth.registry.image.ImageInventory.Stock;
import dev.berth.registry.store.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * What a repository's policy would expire.
 *
 * @param stock what the repository has
 * @param expirations the oldest images first
 */
public record LifecyclePlan(EffectivePolicy policy, Stock stock, List<Expiration> expirations) {

  public LifecyclePlan {
    expirations = List.copyOf(expirations);
  }

  /** Whole families, some hundred images a step. */
  List<List<Member>> steps() {
    List<List<Member>> steps = new ArrayList<>();
    for (List<Member> family : ExpirationFamilies.of(expirations)) {
      if (steps.isEmpty() || steps.getLast().size() + family.size() > Table.MOST) {
        steps.add(new ArrayList<>());
      }
      steps.getLast().addAll(family);
    }
    return steps;
  }
}
