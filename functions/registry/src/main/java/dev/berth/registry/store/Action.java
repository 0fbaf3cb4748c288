package dev.berth.registry.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** One step of a transaction on a {@link Table}. A transaction has at most one action per key. */
public sealed interface Action {

  Key key();

  Condition condition();

  /** Writes the whole item, in place of what is there. */
  record Put(Item item, Condition condition) implements Action {
    @Override
    public Key key() {
      return item.key();
    }
  }

  /**
   * Changes some attributes and leaves the others; makes the item where there is none.
   *
   * @param set attributes to give a value
   * @param add numbers to add to, an absent attribute counts as 0
   * @param remove attributes to take away
   */
  record Update(
      Key key,
      Map<String, Attribute> set,
      Map<String, Long> add,
      Set<String> remove,
      Condition condition)
      implements Action {
    public Update {
      set = Map.copyOf(set);
      add = Map.copyOf(add);
      remove = Set.copyOf(remove);
    }
  }

  /** Removes the item; nothing happens where there is none. */
  record Delete(Key key, Condition condition) implements Action {}

  /** Changes nothing, and the transaction fails unless the condition holds. */
  record Check(Key key, Condition condition) implements Action {}

  static Put put(Item item) {
    return new Put(item, Condition.always());
  }

  static Put put(Item item, Condition condition) {
    return new Put(item, condition);
  }

  static Delete delete(Key key) {
    return new Delete(key, Condition.always());
  }

  static Delete delete(Key key, Condition condition) {
    return new Delete(key, condition);
  }

  static Check check(Key key, Condition condition) {
    return new Check(key, condition);
  }

  static UpdateBuilder update(Key key) {
    return new UpdateBuilder(key);
  }

  /** Collects the changes of one {@link Update}. */
  final class UpdateBuilder {
    private final Key key;
    private final Map<String, Attribute> set = new HashMap<>();
    private final Map<String, Long> add = new HashMap<>();
    private final Set<String> remove = new HashSet<>();

    private UpdateBuilder(Key key) {
      this.key = key;
    }

    public UpdateBuilder set(String name, String value) {
      set.put(name, new Attribute.Text(value));
      return this;
    }

    public UpdateBuilder set(String name, long value) {
      set.put(name, new Attribute.Number(value));
      return this;
    }

    public UpdateBuilder add(String name, long value) {
      add.put(name, value);
      return this;
    }

    public UpdateBuilder remove(String name) {
      remove.add(name);
      return this;
    }

    public Update when(Condition condition) {
      return new Update(key, set, add, remove, condition);
    }
  }
}
