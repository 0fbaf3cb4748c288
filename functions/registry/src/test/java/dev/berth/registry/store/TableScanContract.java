package dev.berth.registry.store;

import static dev.berth.registry.store.TableFixture.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.store.Table.Scanned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

interface TableScanContract extends TableFixture {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1000})
  default void allItemsOfThePartitionsThatBeginSoComeOnceAndWhole(int limit) {
    String prefix = fresh();
    Item one = item(new Key(prefix + "#one", "1"), 1);
    Item two = item(new Key(prefix + "#one", "2"), 2);
    Item three = item(new Key(prefix + "#other", "-"), 3);
    put(one, two, three, item(freshKey(), 4));

    List<Item> scanned = scan(prefix + "#", limit);

    assertThat(scanned).containsExactlyInAnyOrder(one, two, three);
    assertThat(scanned.indexOf(two)).isEqualTo(scanned.indexOf(one) + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "test#"})
  default void aShorterPrefixNamesMore(String prefix) {
    Item item = item(freshKey(), 1);
    put(item);
    assertThat(scan(prefix, 1000)).contains(item);
    assertThat(scan("z" + prefix, 1000)).isEmpty();
  }

  private List<Item> scan(String prefix, int limit) {
    List<Item> all = new ArrayList<>();
    Optional<Key> position = Optional.empty();
    do {
      Scanned page = table().scan(prefix, position, limit);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      all.addAll(page.items());
      position = page.next();
    } while (position.isPresent());
    return all;
  }
}
