package dev.berth.registry.store;

import static dev.berth.registry.store.TableFixture.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.store.Table.Consistency;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface TableGetContract extends TableFixture {

  @Test
  default void anItemReadsBackAsItWasWritten() {
    Item item =
        Item.at(freshKey())
            .text("text", "ü 日本 😀 \u0000 \"'")
            .text("emptyText", "")
            .number("zero", 0)
            .number("negative", -42)
            .number("trailingZeroes", 1_000_000_000_000L)
            .number("smallest", Long.MIN_VALUE)
            .number("largest", Long.MAX_VALUE)
            .binary("binary", new byte[] {0, 1, -1, 0})
            .binary("emptyBinary", new byte[0])
            .text("ñame with spaces.and:#signs", "x")
            .text("size", "a word that DynamoDB reserves")
            .build();

    put(item);

    assertThat(read(item.key())).contains(item);
  }

  @Test
  default void anItemMayHaveNothingButItsKey() {
    Item item = Item.at(freshKey()).build();

    put(item);

    assertThat(read(item.key())).contains(item);
  }

  @Test
  default void keysMayBeAnyText() {
    String partition = fresh();
    List<Item> items =
        List.of(
            item(new Key(partition + "é😀", "日本"), 1),
            item(new Key(partition, "a\u0000b"), 2),
            item(new Key(partition, "a"), 3),
            item(new Key(partition, "a%_*?'\""), 4),
            item(new Key(partition, "A"), 5));

    items.forEach(this::put);

    assertThat(table().get(items.stream().map(Item::key).toList(), Consistency.STRONG).values())
        .containsExactlyInAnyOrderElementsOf(items);
  }

  @Test
  default void whatIsAbsentIsLeftOut() {
    Item here = item(freshKey(), 1);
    put(here);
    Key absent = freshKey();

    assertThat(table().get(List.of(here.key(), absent), Consistency.STRONG))
        .containsOnlyKeys(here.key())
        .containsValue(here);
    assertThat(read(absent)).isEmpty();
  }

  @Test
  default void aKeyThatIsNamedTwiceCountsOnce() {
    Item here = item(freshKey(), 1);
    put(here);

    assertThat(table().get(List.of(here.key(), here.key()), Consistency.STRONG))
        .containsOnlyKeys(here.key());
  }

  @Test
  default void noKeysGiveNoItems() {
    assertThat(table().get(List.of(), Consistency.STRONG)).isEmpty();
  }

  @Test
  default void aHundredItemsComeInOneCall() {
    String partition = fresh();
    List<Item> items =
        IntStream.range(0, Table.MOST).mapToObj(i -> item(new Key(partition, "" + i), i)).toList();
    table().transact(items.stream().<Action>map(Action::put).toList());

    assertThat(table().get(items.stream().map(Item::key).toList(), Consistency.STRONG).values())
        .containsExactlyInAnyOrderElementsOf(items);
  }

  @Test
  default void manyLargeItemsComeInOneCall() {
    String partition = fresh();
    List<Item> items =
        IntStream.range(0, 45)
            .mapToObj(i -> Item.at(new Key(partition, "" + i)).binary("b", new byte[380_000]))
            .map(Item.Builder::build)
            .toList();
    for (int i = 0; i < items.size(); i += 9) {
      table().transact(items.subList(i, i + 9).stream().<Action>map(Action::put).toList());
    }

    // 17 MB, more than the 16 MB that DynamoDB answers at once
    assertThat(table().get(items.stream().map(Item::key).toList(), Consistency.STRONG).values())
        .containsExactlyInAnyOrderElementsOf(items);
  }
}
