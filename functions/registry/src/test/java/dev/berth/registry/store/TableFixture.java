package dev.berth.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.store.Table.Consistency;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The table under test, and what all parts of its contract say often. */
interface TableFixture {

  Table table();

  /** A partition that no other test knows. */
  default String fresh() {
    return "test#" + UUID.randomUUID();
  }

  default Key freshKey() {
    return new Key(fresh(), "-");
  }

  default Optional<Item> read(Key key) {
    return table().get(key, Consistency.STRONG);
  }

  default void put(Item... items) {
    for (Item item : items) {
      committed(Action.put(item));
    }
  }

  default void committed(Action... actions) {
    assertThat(table().transact(actions)).isEqualTo(new Outcome.Committed());
  }

  /** The transaction is refused for exactly the actions at these positions. */
  default void refused(Set<Integer> positions, Action... actions) {
    assertThat(table().transact(actions)).isEqualTo(new Outcome.Refused(positions));
  }

  static Item item(Key key, long n) {
    return Item.at(key).number("n", n).build();
  }
}
