package dev.berth.registry.identity;

import dev.berth.core.policy.PolicySize;
import dev.berth.registry.identity.IdentityException.DeleteConflict;
import dev.berth.registry.identity.IdentityException.EntityAlreadyExists;
import dev.berth.registry.identity.IdentityException.LimitExceeded;
import dev.berth.registry.identity.IdentityException.NoSuchEntity;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The users of the accounts. */
public final class Users {

  private final EntityStore<User> store;

  /**
   * @param home the table of the home region
   * @param changed told of each user's key whose item was written
   */
  Users(Table home, Consumer<Key> changed) {
    this.store = new EntityStore<>(home, new OfUsers(), changed);
  }

  /**
   * @throws EntityAlreadyExists if the account has a user of that name
   * @throws LimitExceeded if it is too large, white space in policies included
   * @throws NoSuchEntity if there is no such policy as bounds its permissions
   */
  public void create(User user) {
    store.create(user);
  }

  public Optional<User> find(String account, String name) {
    return store.find(account, name);
  }

  /**
   * @throws NoSuchEntity if the account has no such user
   */
  public User require(String account, String name) {
    return find(account, name).orElseThrow(() -> NoSuchEntity.user(name));
  }

  /**
   * Some of the account's users, by name.
   *
   * @param after a page's {@link Page#next}
   */
  public Page<User> list(String account, Optional<String> after, int limit) {
    return store.list(account, after, limit);
  }

  /**
   * Changes a user's policies or tags; what the change throws passes through.
   *
   * @return what it is now
   * @throws NoSuchEntity if there is no such user, or a policy that it is to have
   * @throws LimitExceeded if it has more managed policies attached than one may, or is too large
   */
  public User change(String account, String name, UnaryOperator<User> change) {
    return store.change(account, name, change);
  }

  User changeAlong(String account, String name, Function<User, EntityStore.Change<User>> change) {
    return store.changeAlong(account, name, change);
  }

  /**
   * Deletes a user that has nothing.
   *
   * @throws NoSuchEntity if there is none
   * @throws DeleteConflict if it has access keys or policies
   */
  public void delete(String account, String name) {
    store.delete(account, name, Users::checkEmpty);
  }

  private static void checkEmpty(User user) {
    if (!user.keys().isEmpty()) {
      throw new DeleteConflict("Cannot delete entity, must delete access keys first.");
    }
    EntityChecks.checkNoPolicies(user);
  }

  private static final class OfUsers implements EntityStore.Kind<User> {
    @Override
    public String prefix() {
      return Keys.USERS;
    }

    @Override
    public Key key(String account, String name) {
      return Keys.user(account, name);
    }

    @Override
    public Item write(User user, long version) {
      return UserItem.write(user, version);
    }

    @Override
    public User read(Item item) {
      return UserItem.read(item);
    }

    @Override
    public String attachments() {
      return "PoliciesPerUser";
    }

    @Override
    public LimitExceeded tooLarge(String name) {
      return LimitExceeded.size(PolicySize.INLINE_OF_USER, "user " + name);
    }

    @Override
    public NoSuchEntity absent(String name) {
      return NoSuchEntity.user(name);
    }

    @Override
    public EntityAlreadyExists present(String name) {
      return EntityAlreadyExists.user(name);
    }
  }
}
