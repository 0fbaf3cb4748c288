package dev.berth.registry.identity;

import dev.berth.registry.identity.IdentityException.EntityAlreadyExists;
import dev.berth.registry.identity.IdentityException.LimitExceeded;
import dev.berth.registry.identity.IdentityException.NoSuchEntity;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What the users and the roles of the accounts are kept by, each an item that is read whole. */
final class EntityStore<T extends Entity> {

  private final Table home;
  private final Kind<T> kind;
  private final Consumer<Key> changed;

  /**
   * @param changed told of each item that was written
   */
  EntityStore(Table home, Kind<T> kind, Consumer<Key> changed) {
    this.home = home;
    this.kind = kind;
    this.changed = changed;
  }

  /** What sets the two apart. */
  interface Kind<T extends Entity> {

    String prefix();

    Key key(String account, String name);

    Item write(T entity, long version);

    T read(Item item);

    /** The quota of managed policies attached to one, as IAM names it. */
    String attachments();

    LimitExceeded tooLarge(String name);

    NoSuchEntity absent(String name);

    EntityAlreadyExists present(String name);
  }

  /**
   * @param along further actions of the transaction, which has to fail if it is to be tried again
   */
  record Change<T>(T after, List<Action> along) {}

  void create(T entity) {
    Names.check(entity.account(), entity.name());
    PolicyUses uses = PolicyUses.of(entity.account(), Permissions.NONE, entity.permissions());
    List<Action> actions = new ArrayList<>();
    actions.add(Action.put(written(entity, 1), Condition.absent()));
    actions.addAll(uses.actions());
    if (home.transact(actions) instanceof Outcome.Refused refused) {
      if (refused.at(0)) {
        throw kind.present(entity.name());
      }
      throw missing(uses, refused);
    }
    changed.accept(kind.key(entity.account(), entity.name()));
  }

  Optional<T> find(String account, String name) {
    return lookUp(account, name).map(kind::read);
  }

  Page<T> list(String account, Optional<String> after, int limit) {
    return home.query(Keys.identities(account), kind.prefix(), after, limit, Consistency.STRONG)
        .map(kind::read);
  }

  T change(String account, String name, UnaryOperator<T> change) {
    return changeAlong(account, name, before -> new Change<>(change.apply(before), List.of()));
  }

  /**
   * @return what it is now
   * @throws NoSuchEntity if there is none of that name, or a policy that it is to have
   */
  T changeAlong(String account, String name, Function<T, Change<T>> change) {
    while (true) {
      Item item = item(account, name);
      T before = kind.read(item);
      Change<T> decided = change.apply(before);
      PolicyUses uses = PolicyUses.of(account, before.permissions(), decided.after().permissions());
      long version = item.number(EntityItem.VERSION);
      List<Action> actions = new ArrayList<>();
      actions.add(Action.put(written(decided.after(), version + 1), EntityItem.unchanged(item)));
      actions.addAll(uses.actions());
      actions.addAll(decided.along());
      Outcome outcome = home.transact(actions);
      if (outcome.committed()) {
        changed.accept(item.key());
        return decided.after();
      }
      if (outcome instanceof Outcome.Refused refused && !refused.at(0)) {
        throw missing(uses, refused);
      }
      // another changed it since it was read: decide again
    }
  }

  /**
   * @param check throws if it may not be deleted
   */
  void delete(String account, String name, Consumer<T> check) {
    while (true) {
      Item item = item(account, name);
      T before = kind.read(item);
      check.accept(before);
      List<Action> actions = new ArrayList<>();
      actions.add(Action.delete(item.key(), EntityItem.unchanged(item)));
      actions.addAll(PolicyUses.of(account, before.permissions(), Permissions.NONE).actions());
      if (home.transact(actions).committed()) {
        changed.accept(item.key());
        return;
      }
    }
  }

  private Item item(String account, String name) {
    return lookUp(account, name).orElseThrow(() -> kind.absent(name));
  }

  private Optional<Item> lookUp(String account, String name) {
    return Names.arePossible(account, name)
        ? home.get(kind.key(account, name), Consistency.STRONG)
        : Optional.empty();
  }

  private Item written(T entity, long version) {
    if (entity.permissions().attached().size() > Permissions.MOST_ATTACHED) {
      throw LimitExceeded.quota(kind.attachments(), Permissions.MOST_ATTACHED);
    }
    Item item = kind.write(entity, version);
    if (EntityItem.isTooLarge(item)) {
      throw kind.tooLarge(entity.name());
    }
    return item;
  }

  /** The policies' actions are the first behind the entity's own. */
  private static RuntimeException missing(PolicyUses uses, Outcome.Refused refused) {
    return refused.actions().stream()
        .filter(position -> position >= 1 && position <= uses.policies().size())
        .map(position -> (RuntimeException) NoSuchEntity.policy(uses.policies().get(position - 1)))
        .findFirst()
        .orElseGet(() -> new IllegalStateException("refused at " + refused.actions()));
  }
}
