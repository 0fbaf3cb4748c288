package dev.berth.local.sqlite;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Attribute;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Limits;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What DynamoDB's expressions do: whether a condition holds, and what an update makes. */
final class Changes {

  private Changes() {}

  static boolean holds(Condition condition, Optional<Map<String, Attribute>> item) {
    return switch (condition) {
      case Condition.Always _ -> true;
      case Condition.Absent _ -> item.isEmpty();
      case Condition.Present _ -> item.isPresent();
      case Condition.Equal(String name, Attribute value) ->
          item.map(attributes -> value.equals(attributes.get(name))).orElse(false);
      case Condition.Lacks(String name) ->
          item.map(attributes -> !attributes.containsKey(name)).orElse(true);
      case Condition.Below(String name, long bound) ->
          item.map(attributes -> isBelow(attributes.get(name), bound)).orElse(true);
      case Condition.All all -> all.conditions().stream().allMatch(one -> holds(one, item));
    };
  }

  private static boolean isBelow(Attribute attribute, long bound) {
    return switch (attribute) {
      case null -> true;
      case Attribute.Number(long value) -> value < bound;
      default -> false;
    };
  }

  /**
   * @throws IllegalArgumentException if the item becomes too large, or a number does, or what is
   *     added to is not a number
   */
  static Item updated(Action.Update update, Optional<Map<String, Attribute>> before) {
    Map<String, Attribute> attributes = new HashMap<>(before.orElse(Map.of()));
    attributes.putAll(update.set());
    update.add().forEach((name, value) -> attributes.merge(name, number(value), Changes::sum));
    attributes.keySet().removeAll(update.remove());
    Item item = new Item(update.key(), attributes);
    Limits.check(item);
    return item;
  }

  private static Attribute number(long value) {
    return new Attribute.Number(value);
  }

  private static Attribute sum(Attribute before, Attribute added) {
    if (before instanceof Attribute.Number(long a) && added instanceof Attribute.Number(long b)) {
      long sum = a + b;
      if (((a ^ sum) & (b ^ sum)) < 0) {
        throw new IllegalArgumentException("the sum of %d and %d has over 64 bits".formatted(a, b));
      }
      return number(sum);
    }
    throw new IllegalArgumentException("a number cannot be added to " + before);
  }
}
