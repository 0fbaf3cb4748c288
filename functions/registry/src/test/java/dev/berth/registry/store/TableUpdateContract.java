package dev.berth.registry.store;

import static dev.berth.registry.store.TableFixture.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;

interface TableUpdateContract extends TableFixture {

  @Test
  default void anUpdateChangesWhatItNamesAndLeavesTheRest() {
    Key key = freshKey();
    put(Item.at(key).text("a", "1").text("b", "1").text("c", "1").number("n", 5).build());

    committed(
        Action.update(key)
            .set("a", "2")
            .set("size", 7)
            .remove("b")
            .add("n", -8)
            .when(Condition.present()));

    assertThat(read(key))
        .contains(
            Item.at(key).text("a", "2").text("c", "1").number("n", -3).number("size", 7).build());
  }

  @Test
  default void anUpdateMakesTheItemWhereThereIsNone() {
    Key key = freshKey();

    committed(Action.update(key).set("a", "1").add("n", 3).remove("b").when(Condition.absent()));

    assertThat(read(key)).contains(Item.at(key).text("a", "1").number("n", 3).build());
  }

  @Test
  default void addingToAnAbsentAttributeCountsFromZero() {
    Key key = freshKey();
    put(Item.at(key).text("a", "1").build());

    committed(Action.update(key).add("n", -2).when(Condition.always()));

    assertThat(read(key)).contains(Item.at(key).text("a", "1").number("n", -2).build());
  }

  @Test
  default void addingReachesTheEndsOfALong() {
    Key key = freshKey();
    put(Item.at(key).number("up", Long.MAX_VALUE - 1).number("down", Long.MIN_VALUE + 1).build());

    committed(Action.update(key).add("up", 1).add("down", -1).when(Condition.always()));

    assertThat(read(key))
        .contains(Item.at(key).number("up", Long.MAX_VALUE).number("down", Long.MIN_VALUE).build());
  }

  @Test
  default void setMayChangeAnAttributesType() {
    Key key = freshKey();
    put(Item.at(key).text("a", "1").build());

    committed(Action.update(key).set("a", 1).when(Condition.always()));

    assertThat(read(key)).contains(Item.at(key).number("a", 1).build());
  }

  @Test
  default void removingWhatIsAbsentDoesNothing() {
    Item item = item(freshKey(), 1);
    put(item);

    committed(Action.update(item.key()).remove("a").when(Condition.present()));

    assertThat(read(item.key())).contains(item);
  }

  @Test
  default void addingToWhatIsNoNumberIsRefusedWithTheWholeTransaction() {
    Item item = Item.at(freshKey()).text("n", "1").build();
    put(item);
    Key other = freshKey();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                table()
                    .transact(
                        Action.put(item(other, 1)),
                        Action.update(item.key()).add("n", 1).when(Condition.always())));

    assertThat(read(item.key())).contains(item);
    assertThat(read(other)).isEmpty();
  }

  @Test
  default void anUpdateWhoseConditionFailsIsRefusedEvenIfItCouldNotBe() {
    Item item = Item.at(freshKey()).text("n", "1").build();
    put(item);

    refused(Set.of(0), Action.update(item.key()).add("n", 1).when(Condition.equal("n", "2")));
  }
}
