package dev.berth.registry.store;

import static dev.berth.registry.store.TableFixture.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface TableTransactContract extends TableFixture {

  @Test
  default void allActionsHappenTogether() {
    Item replaced = Item.at(freshKey()).text("old", "x").number("n", 1).build();
    Item updated = item(freshKey(), 1);
    Item deleted = item(freshKey(), 1);
    Item checked = item(freshKey(), 1);
    Item made = item(freshKey(), 5);
    put(replaced, updated, deleted, checked);

    committed(
        Action.put(item(replaced.key(), 2)),
        Action.update(updated.key()).add("n", 10).when(Condition.present()),
        Action.delete(deleted.key()),
        Action.check(checked.key(), Condition.equal("n", 1)),
        Action.put(made, Condition.absent()));

    assertThat(read(replaced.key())).contains(item(replaced.key(), 2));
    assertThat(read(updated.key())).contains(item(updated.key(), 11));
    assertThat(read(deleted.key())).isEmpty();
    assertThat(read(checked.key())).contains(checked);
    assertThat(read(made.key())).contains(made);
  }

  @Test
  default void nothingHappensWhenOneConditionFails() {
    Item replaced = item(freshKey(), 1);
    Item updated = item(freshKey(), 1);
    Item deleted = item(freshKey(), 1);
    Key made = freshKey();
    put(replaced, updated, deleted);

    refused(
        Set.of(4),
        Action.put(item(replaced.key(), 2)),
        Action.update(updated.key()).add("n", 10).when(Condition.present()),
        Action.delete(deleted.key()),
        Action.put(item(made, 1)),
        Action.check(freshKey(), Condition.present()));

    assertThat(read(replaced.key())).contains(replaced);
    assertThat(read(updated.key())).contains(updated);
    assertThat(read(deleted.key())).contains(deleted);
    assertThat(read(made)).isEmpty();
  }

  @Test
  default void aRefusalNamesExactlyTheConditionsThatFailed() {
    Item here = item(freshKey(), 1);
    Item there = item(freshKey(), 1);
    put(here, there);

    refused(
        Set.of(0, 2, 4, 5),
        Action.put(item(here.key(), 2), Condition.absent()),
        Action.put(item(freshKey(), 2), Condition.absent()),
        Action.update(there.key()).set("n", 2).when(Condition.equal("n", 9)),
        Action.delete(freshKey()),
        Action.check(freshKey(), Condition.present()),
        Action.delete(freshKey(), Condition.present()));
  }

  @Test
  default void aPutReplacesTheWholeItem() {
    Key key = freshKey();
    put(Item.at(key).text("a", "x").text("b", "x").build());

    put(Item.at(key).text("b", "y").build());

    assertThat(read(key)).contains(Item.at(key).text("b", "y").build());
  }

  @Test
  default void deletingWhatIsAbsentDoesNothing() {
    Key absent = freshKey();

    committed(Action.delete(absent));

    assertThat(read(absent)).isEmpty();
  }

  @Test
  default void checkingMakesNothing() {
    Key absent = freshKey();

    committed(Action.check(absent, Condition.absent()));

    assertThat(read(absent)).isEmpty();
  }

  @Test
  default void aHundredActionsAreOneTransaction() {
    String partition = fresh();
    List<Action> actions =
        IntStream.range(0, Table.MOST)
            .<Action>mapToObj(
                i -> Action.put(item(new Key(partition, "" + i), i), Condition.absent()))
            .toList();

    assertThat(table().transact(actions)).isEqualTo(new Outcome.Committed());

    assertThat(((Outcome.Refused) table().transact(actions)).actions()).hasSize(Table.MOST);
  }

  @Test
  default void oneKeyHasOneAction() {
    Key key = freshKey();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                table().transact(Action.check(key, Condition.absent()), Action.put(item(key, 1))));
    assertThat(read(key)).isEmpty();
  }

  @Test
  default void anEqualTransactionMayHappenAgain() {
    Key key = freshKey();
    Action add = Action.update(key).add("n", 1).when(Condition.always());

    committed(add);
    committed(add);

    assertThat(read(key)).contains(item(key, 2));
  }
}
