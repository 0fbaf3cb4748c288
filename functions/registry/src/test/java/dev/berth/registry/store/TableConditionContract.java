package dev.berth.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

interface TableConditionContract extends TableFixture {

  @Test
  default void alwaysHolds() {
    Key key = freshKey();

    committed(Action.put(Item.at(key).build(), Condition.always()));
    committed(Action.put(Item.at(key).build(), Condition.always()));
  }

  @Test
  default void absentAndPresentTellWhetherThereIsAnItem() {
    Key here = existing();
    Key absent = freshKey();

    holds(here, Condition.present());
    fails(here, Condition.absent());
    holds(absent, Condition.absent());
    fails(absent, Condition.present());
  }

  @Test
  default void equalComparesAnAttributeWithItsType() {
    Key here = existing();

    holds(here, Condition.equal("text", "1"));
    fails(here, Condition.equal("text", "2"));
    fails(here, Condition.equal("text", 1));
    holds(here, Condition.equal("emptyText", ""));
    holds(here, Condition.equal("number", -1));
    fails(here, Condition.equal("number", 1));
    fails(here, Condition.equal("number", "-1"));
    holds(here, Condition.equal("largest", Long.MAX_VALUE));
    fails(here, Condition.equal("largest", Long.MAX_VALUE - 1));
    holds(here, new Condition.Equal("binary", new Attribute.Binary(new byte[] {0, 1})));
    fails(here, new Condition.Equal("binary", new Attribute.Binary(new byte[] {0, 2})));
  }

  @Test
  default void equalFailsWithoutTheAttributeOrTheItem() {
    fails(existing(), Condition.equal("missing", "1"));
    fails(existing(), Condition.equal("missing", 0));
    fails(freshKey(), Condition.equal("text", "1"));
    fails(freshKey(), Condition.equal("number", 0));
  }

  @Test
  default void lacksHoldsWithoutTheAttributeOrTheItem() {
    Key here = existing();

    holds(here, Condition.lacks("missing"));
    fails(here, Condition.lacks("text"));
    fails(here, Condition.lacks("emptyText"));
    holds(freshKey(), Condition.lacks("text"));
  }

  @Test
  default void belowComparesANumberAndTakesItsLackForNone() {
    Key here = existing();

    holds(here, Condition.below("number", 0));
    fails(here, Condition.below("number", -1));
    holds(here, Condition.below("missing", 0));
    holds(freshKey(), Condition.below("number", 0));
    fails(here, Condition.below("text", 2));
    fails(here, Condition.below("largest", Long.MAX_VALUE));
  }

  @Test
  default void belowIsOneConditionAmongOthers() {
    Key here = existing();

    fails(here, Condition.all(Condition.below("missing", 0), Condition.equal("text", "2")));
    fails(here, Condition.all(Condition.equal("text", "2"), Condition.below("number", 0)));
    holds(here, Condition.all(Condition.below("number", 0), Condition.equal("text", "1")));
  }

  @Test
  default void allHoldsWhenEachDoes() {
    Key here = existing();
    Condition one = Condition.equal("text", "1");

    holds(here, Condition.all(one, Condition.present(), Condition.lacks("missing")));
    fails(here, Condition.all(one, Condition.equal("number", 7)));
    fails(here, Condition.all(Condition.lacks("text"), one));
    holds(here, Condition.all(one, Condition.all(Condition.present(), Condition.always())));
    fails(here, Condition.all(one, Condition.all(Condition.present(), Condition.absent())));
    committed(Action.delete(freshKey(), Condition.all()));
  }

  /** Every kind of action asks alike. */
  private void holds(Key key, Condition condition) {
    for (Action action : each(key, condition)) {
      // the last action is refused, so that the item stays as it is
      refused(Set.of(1), action, Action.check(freshKey(), Condition.present()));
    }
    committed(Action.check(key, condition));
  }

  private void fails(Key key, Condition condition) {
    for (Action action : each(key, condition)) {
      refused(Set.of(0), action);
    }
    assertThat(table().transact(Action.check(key, condition)).committed()).isFalse();
  }

  private static List<Action> each(Key key, Condition condition) {
    return List.of(
        Action.put(Item.at(key).build(), condition),
        Action.update(key).set("other", "x").when(condition),
        Action.delete(key, condition));
  }

  private Key existing() {
    Key key = freshKey();
    put(
        Item.at(key)
            .text("text", "1")
            .text("emptyText", "")
            .number("number", -1)
            .number("largest", Long.MAX_VALUE)
            .binary("binary", new byte[] {0, 1})
            .build());
    return key;
  }
}
