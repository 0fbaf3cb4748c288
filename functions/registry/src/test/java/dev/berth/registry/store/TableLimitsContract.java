package dev.berth.registry.store;

import static dev.berth.registry.store.TableFixture.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.store.Table.Consistency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface TableLimitsContract extends TableFixture {

  /** What an item counts besides its keys' and its attributes' bytes: the names pk and sk. */
  int KEY_NAMES = 4;

  @Test
  default void anItemHas400KbOfNamesAndValues() {
    Key key = freshKey();
    int keys = KEY_NAMES + key.partition().length() + key.sort().length();
    int text = "té".length() + 1 + "日".length() * 3;
    int left = Limits.ITEM_BYTES - keys - text - "b".length();
    Item.Builder item = Item.at(key).text("té", "日");

    put(item.binary("b", new byte[left]).build());
    assertThat(read(key)).map(whole -> whole.binary("b").length).contains(left);

    beyond(Action.put(item.binary("b", new byte[left + 1]).build()));
  }

  @Test
  default void anUpdateCannotMakeAnItemTooLarge() {
    Key key = freshKey();
    Item large = Item.at(key).binary("b", new byte[Limits.ITEM_BYTES - 1000]).build();
    Key other = freshKey();
    put(large);

    beyond(
        Action.update(key).set("t", "x".repeat(1000)).when(Condition.always()),
        Action.put(item(other, 1)));

    assertThat(read(key)).contains(large);
    assertThat(read(other)).isEmpty();
  }

  @Test
  default void aTransactionHas4MbOfItems() {
    committed(puts(10, 400_000));
    beyond(puts(11, 400_000));
  }

  @Test
  default void aTransactionHas1To100Actions() {
    beyond();
    beyond(puts(Table.MOST + 1, 1));
  }

  @Test
  default void aGetHasAtMost100Keys() {
    String partition = fresh();
    List<Key> keys =
        IntStream.rangeClosed(0, Table.MOST).mapToObj(i -> new Key(partition, "" + i)).toList();

    assertThatIllegalArgumentException().isThrownBy(() -> table().get(keys, Consistency.STRONG));
  }

  @Test
  default void keysHaveBoundedLengthsInUtf8() {
    String partition = fresh();
    String longest = partition + "é".repeat((2048 - partition.length()) / 2);

    put(item(new Key(longest, "é".repeat(512)), 1));
    assertThat(read(new Key(longest, "é".repeat(512)))).isPresent();

    for (Key key :
        List.of(
            new Key(longest + "é", "-"),
            new Key(partition, "é".repeat(512) + "x"),
            new Key("", "-"),
            new Key(partition, ""))) {
      beyond(Action.put(item(key, 1)));
      beyond(Action.delete(key));
      beyond(Action.check(key, Condition.absent()));
      beyond(Action.update(key).add("n", 1).when(Condition.always()));
      assertThatIllegalArgumentException().isThrownBy(() -> read(key));
    }
  }

  @Test
  default void aQueryHasAPartitionAndALimit() {
    Optional<String> none = Optional.empty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table().query("", "", none, 1, Consistency.STRONG));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table().query(fresh(), "", none, 0, Consistency.STRONG));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table().query(fresh(), "", Optional.of(""), 1, Consistency.STRONG));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> table().query(fresh(), "", Optional.of("x".repeat(1025)), 1, Consistency.STRONG));
    assertThat(
            table()
                .query(fresh(), "x".repeat(1024), none, Integer.MAX_VALUE, Consistency.STRONG)
                .entries())
        .isEmpty();
  }

  @Test
  default void attributesCannotBeNamedLikeTheKeyOrNotAtAll() {
    for (String name : List.of("pk", "sk", "")) {
      beyond(Action.put(Item.at(freshKey()).text(name, "x").build()));
      beyond(Action.update(freshKey()).set(name, "x").when(Condition.always()));
      beyond(Action.delete(freshKey(), Condition.equal(name, "x")));
    }
  }

  @Test
  default void anUpdateChangesSomethingAndNoAttributeTwice() {
    Key key = freshKey();
    beyond(Action.update(key).when(Condition.always()));
    beyond(Action.update(key).set("n", 1).add("n", 1).when(Condition.always()));
    beyond(
        new Action.Update(
            key, Map.of("n", new Attribute.Number(1)), Map.of(), Set.of("n"), Condition.always()));
  }

  @Test
  default void aCheckAsksSomething() {
    beyond(Action.check(freshKey(), Condition.always()));
    beyond(Action.check(freshKey(), Condition.all(Condition.always())));
  }

  @Test
  default void textIsWellFormed() {
    String half = "\uD83D";
    beyond(Action.put(item(new Key(fresh(), half), 1)));
    beyond(Action.put(Item.at(freshKey()).text("t", half + "x").build()));
    beyond(Action.put(Item.at(freshKey()).text("t", "\uDE00").build()));
  }

  private Action[] puts(int count, int bytes) {
    String partition = fresh();
    return IntStream.range(0, count)
        .mapToObj(i -> Item.at(new Key(partition, "" + i)).binary("b", new byte[bytes]).build())
        .map(Action::put)
        .toArray(Action[]::new);
  }

  private void beyond(Action... actions) {
    assertThatIllegalArgumentException().isThrownBy(() -> table().transact(actions));
  }
}
