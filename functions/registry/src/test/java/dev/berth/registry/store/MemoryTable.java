package dev.berth.registry.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A {@link Table} in memory, for fast tests. Counts its calls and the rows that queries read. */
public final class MemoryTable implements Table {

  private static final Comparator<Key> ORDER =
      Comparator.<Key, byte[]>comparing(
              key -> key.partition().getBytes(UTF_8), Arrays::compareUnsigned)
          .thenComparing(key -> key.sort().getBytes(UTF_8), Arrays::compareUnsigned);

  private final TreeMap<Key, Item> items = new TreeMap<>(ORDER);
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger rows = new AtomicInteger();

  /** How many calls were made since the last time this was asked. */
  public int takeCalls() {
    return calls.getAndSet(0);
  }

  /** How many rows queries read since the last time this was asked. */
  public int takeRows() {
    return rows.getAndSet(0);
  }

  /** Everything there is, in the order of the keys; not counted as a call. */
  public synchronized List<Item> all() {
    return List.copyOf(items.values());
  }

  @Override
  public synchronized Map<Key, Item> get(Collection<Key> keys, Consistency consistency) {
    calls.incrementAndGet();
    Map<Key, Item> found = new HashMap<>();
    for (Key key : Limits.distinct(keys)) {
      Optional.ofNullable(items.get(key)).ifPresent(item -> found.put(key, item));
    }
    return found;
  }

  @Override
  public synchronized Page<Item> query(
      String partition, String prefix, Optional<String> after, int limit, Consistency consistency) {
    calls.incrementAndGet();
    Limits.check(partition, prefix, after, limit);
    List<Item> page = new ArrayList<>();
    int bytes = 0;
    for (Item item : items.values()) {
      Key key = item.key();
      if (key.partition().equals(partition)
          && key.sort().startsWith(prefix)
          && (after.isEmpty() || isBehind(key, after.get()))) {
        if (page.size() == limit || bytes >= Limits.PAGE_BYTES) {
          return new Page<>(page, Optional.of(page.getLast().key().sort()));
        }
        page.add(item);
        rows.incrementAndGet();
        bytes += Limits.check(item);
      }
    }
    return new Page<>(page, Optional.empty());
  }

  private static boolean isBehind(Key key, String after) {
    return Arrays.compareUnsigned(key.sort().getBytes(UTF_8), after.getBytes(UTF_8)) > 0;
  }

  @Override
  public synchronized Scanned scan(String prefix, Optional<Key> after, int limit) {
    calls.incrementAndGet();
    var rest = after.map(key -> items.tailMap(key, false)).orElse(items).values();
    List<Item> page =
        rest.stream()
            .filter(item -> item.key().partition().startsWith(prefix))
            .limit(limit + 1L)
            .toList();
    return page.size() > limit
        ? new Scanned(page.subList(0, limit), Optional.of(page.get(limit - 1).key()))
        : new Scanned(page, Optional.empty());
  }

  @Override
  public synchronized Outcome transact(List<Action> actions) {
    calls.incrementAndGet();
    Limits.check(actions);
    Set<Integer> refused = new HashSet<>();
    for (int i = 0; i < actions.size(); i++) {
      Action action = actions.get(i);
      if (!holds(action.condition(), Optional.ofNullable(items.get(action.key())))) {
        refused.add(i);
      }
    }
    if (!refused.isEmpty()) {
      return new Outcome.Refused(refused);
    }
    Map<Key, Optional<Item>> results = new HashMap<>();
    actions.forEach(action -> results.put(action.key(), result(action)));
    results.values().forEach(item -> item.ifPresent(Limits::check));
    results.forEach(
        (key, item) -> item.ifPresentOrElse(i -> items.put(key, i), () -> items.remove(key)));
    return new Outcome.Committed();
  }

  private static boolean holds(Condition condition, Optional<Item> item) {
    return switch (condition) {
      case Condition.Always() -> true;
      case Condition.Absent() -> item.isEmpty();
      case Condition.Present() -> item.isPresent();
      case Condition.Equal(String attribute, Attribute value) ->
          item.map(i -> value.equals(i.attributes().get(attribute))).orElse(false);
      case Condition.Lacks(String attribute) ->
          item.map(i -> !i.attributes().containsKey(attribute)).orElse(true);
      case Condition.Below(String attribute, long bound) ->
          item.map(i -> isBelow(i.attributes().get(attribute), bound)).orElse(true);
      case Condition.All(List<Condition> all) -> all.stream().allMatch(one -> holds(one, item));
    };
  }

  private static boolean isBelow(Attribute attribute, long bound) {
    return attribute == null || attribute instanceof Attribute.Number(long n) && n < bound;
  }

  private Optional<Item> result(Action action) {
    Optional<Item> before = Optional.ofNullable(items.get(action.key()));
    return switch (action) {
      case Action.Put put -> Optional.of(put.item());
      case Action.Delete delete -> Optional.empty();
      case Action.Check check -> before;
      case Action.Update update -> Optional.of(updated(update, before));
    };
  }

  private static Item updated(Action.Update update, Optional<Item> before) {
    Map<String, Attribute> attributes =
        new HashMap<>(before.map(Item::attributes).orElse(Map.of()));
    attributes.putAll(update.set());
    update
        .add()
        .forEach(
            (name, value) ->
                attributes.merge(
                    name, new Attribute.Number(value), (old, added) -> sum(old, value)));
    attributes.keySet().removeAll(update.remove());
    return new Item(update.key(), attributes);
  }

  private static Attribute sum(Attribute old, long added) {
    if (old instanceof Attribute.Number(long value)) {
      return new Attribute.Number(value + added);
    }
    throw new IllegalArgumentException("no number to add to: " + old);
  }
}
