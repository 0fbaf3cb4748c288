package dev.berth.registry.store;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * DynamoDB's bounds on what a {@link Table} takes, checked by every adapter before it calls its
 * store, so that none takes what another refuses. Source: the DynamoDB developer guide, "Quotas in
 * Amazon DynamoDB" and "DynamoDB item sizes and formats".
 *
 * <p>All methods throw {@link IllegalArgumentException} for what is beyond a bound: such a call is
 * a fault in the program, never a client's.
 */
public final class Limits {

  /** The name under which DynamoDB's item holds the partition key. */
  public static final String PARTITION = "pk";

  /** The name under which DynamoDB's item holds the sort key. */
  public static final String SORT = "sk";

  /** The most bytes of an item, names and values together. */
  public static final int ITEM_BYTES = 400 * 1024;

  /** The most bytes of the items of one transaction. */
  public static final int TRANSACTION_BYTES = 4 * 1024 * 1024;

  /** The bytes of items after which a page of a query ends. */
  public static final int PAGE_BYTES = 1024 * 1024;

  private static final int PARTITION_BYTES = 2048;
  private static final int SORT_BYTES = 1024;
  private static final int NAME_BYTES = 65_535;

  /** The most that DynamoDB counts for a number; it counts less for one of few digits. */
  private static final int NUMBER_BYTES = 21;

  private Limits() {}

  /** The distinct keys of a {@link Table#get}, each of them checked. */
  public static Set<Key> distinct(Collection<Key> keys) {
    Set<Key> distinct = new HashSet<>(keys);
    require(distinct.size() <= Table.MOST, "%d keys are more than %d", distinct.size(), Table.MOST);
    distinct.forEach(Limits::check);
    return distinct;
  }

  /** Checks what {@link Table#query} is asked. */
  public static void check(String partition, String prefix, Optional<String> after, int limit) {
    bounded("partition key", partition, 1, PARTITION_BYTES);
    bounded("sort key prefix", prefix, 0, SORT_BYTES);
    after.ifPresent(sort -> bounded("sort key", sort, 1, SORT_BYTES));
    require(limit >= 1, "a page of %d items", limit);
  }

  /** Checks the actions of one {@link Table#transact}. */
  public static void check(List<Action> actions) {
    require(
        !actions.isEmpty() && actions.size() <= Table.MOST,
        "%d actions are not 1 to %d",
        actions.size(),
        Table.MOST);
    Set<Key> keys = new HashSet<>();
    long bytes = 0;
    for (Action action : actions) {
      require(keys.add(action.key()), "two actions on the item %s", action.key());
      check(action.condition());
      bytes += checkedSize(action);
    }
    require(
        bytes <= TRANSACTION_BYTES,
        "%d bytes of items in one transaction are more than %d",
        bytes,
        TRANSACTION_BYTES);
  }

  /**
   * Checks an item as a whole, for an adapter whose store does not check what an update makes of
   * it.
   *
   * @return its size in bytes
   */
  public static int check(Item item) {
    long size = size(item);
    require(size <= ITEM_BYTES, "item %s has %d bytes, more than %d", item.key(), size, ITEM_BYTES);
    return (int) size;
  }

  /** An item's bytes, names and values together, however many they are. */
  public static long size(Item item) {
    return check(item.key()) + size(item.attributes());
  }

  private static long checkedSize(Action action) {
    return switch (action) {
      case Action.Put put -> check(put.item());
      case Action.Update update -> checkedSize(update);
      case Action.Delete delete -> check(delete.key());
      case Action.Check check -> {
        require(!asksNothing(check.condition()), "a check of %s that asks nothing", check.key());
        yield check(check.key());
      }
    };
  }

  private static long checkedSize(Action.Update update) {
    Set<String> names = new HashSet<>(update.set().keySet());
    names.addAll(update.add().keySet());
    names.addAll(update.remove());
    int changes = update.set().size() + update.add().size() + update.remove().size();
    require(changes > 0, "an update of %s that changes nothing", update.key());
    require(names.size() == changes, "two changes to one attribute of %s", update.key());
    long size = check(update.key()) + size(update.set());
    for (String added : update.add().keySet()) {
      size += checkName(added) + NUMBER_BYTES;
    }
    update.remove().forEach(Limits::checkName);
    require(size <= ITEM_BYTES, "update of %s has %d bytes", update.key(), size);
    return size;
  }

  private static int check(Key key) {
    return PARTITION.length()
        + bounded("partition key", key.partition(), 1, PARTITION_BYTES)
        + SORT.length()
        + bounded("sort key", key.sort(), 1, SORT_BYTES);
  }

  private static void check(Condition condition) {
    switch (condition) {
      case Condition.Equal equal -> {
        checkName(equal.attribute());
        size(equal.value());
      }
      case Condition.Lacks lacks -> checkName(lacks.attribute());
      case Condition.Below below -> checkName(below.attribute());
      case Condition.All all -> all.conditions().forEach(Limits::check);
      case Condition.Always _, Condition.Absent _, Condition.Present _ -> {}
    }
  }

  private static boolean asksNothing(Condition condition) {
    return switch (condition) {
      case Condition.Always _ -> true;
      case Condition.All all -> all.conditions().stream().allMatch(Limits::asksNothing);
      default -> false;
    };
  }

  private static long size(Map<String, Attribute> attributes) {
    long size = 0;
    for (Map.Entry<String, Attribute> attribute : attributes.entrySet()) {
      size += checkName(attribute.getKey()) + size(attribute.getValue());
    }
    return size;
  }

  private static int size(Attribute attribute) {
    return switch (attribute) {
      case Attribute.Text text -> utf8Length(text.value());
      case Attribute.Number _ -> NUMBER_BYTES;
      case Attribute.Binary binary -> binary.value().length;
    };
  }

  private static int checkName(String name) {
    require(
        !name.equals(PARTITION) && !name.equals(SORT), "attribute name %s is the key's own", name);
    return bounded("attribute name", name, 1, NAME_BYTES);
  }

  private static int bounded(String what, String text, int fewest, int most) {
    int bytes = utf8Length(text);
    require(
        bytes >= fewest && bytes <= most,
        "%s of %d bytes, which are not %d to %d",
        what,
        bytes,
        fewest,
        most);
    return bytes;
  }

  /** Bytes in UTF-8. Text that has none (half a surrogate pair) is refused, not replaced. */
  private static int utf8Length(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (!Character.isSurrogate(unit)) {
        bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
      } else {
        int codePoint = text.codePointAt(i);
        require(Character.isSupplementaryCodePoint(codePoint), "half a surrogate pair in text");
        bytes += 4;
        i++;
      }
    }
    return bytes;
  }

  private static void require(boolean holds, String message, Object... parts) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(parts));
    }
  }
}
