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
import java.util.function.UnaryOperator;

/**
 * The roles of the accounts. Those that a service owns are seen here, and changed by {@link
 * ServiceLinkedRoles} alone: the wire refuses the rest.
 */
public final class Roles {

  private final EntityStore<Role> store;

  /**
   * @param home the table of the home region
   * @param changed told of each role's key whose item was written
   */
  Roles(Table home, Consumer<Key> changed) {
    this.store = new EntityStore<>(home, new OfRoles(), changed);
  }

  /**
   * @throws EntityAlreadyExists if the account has a role of that name, or a service owns it
   * @throws LimitExceeded if it is too large, white space in policies included
   * @throws NoSuchEntity if there is no such policy as bounds its permissions
   */
  public void create(Role role) {
    if (ServiceLinkedRole.reserves(role.name())) {
      throw EntityAlreadyExists.role(role.name());
    }
    store.create(role);
  }

  public Optional<Role> find(String account, String name) {
    return store.find(account, name);
  }

  /**
   * @throws NoSuchEntity if the account has no such role
   */
  public Role require(String account, String name) {
    return find(account, name).orElseThrow(() -> NoSuchEntity.role(name));
  }

  /**
   * Some of the account's roles, by name.
   *
   * @param after a page's {@link Page#next}
   */
  public Page<Role> list(String account, Optional<String> after, int limit) {
    return store.list(account, after, limit);
  }

  /**
   * Changes a role; what the change throws passes through.
   *
   * @return what it is now
   * @throws NoSuchEntity if there is no such role, or a policy that it is to have
   * @throws LimitExceeded if it has more managed policies attached than one may, or is too large
   */
  public Role change(String account, String name, UnaryOperator<Role> change) {
    return store.change(account, name, change);
  }

  /**
   * Deletes a role that has nothing.
   *
   * @throws NoSuchEntity if there is none
   * @throws DeleteConflict if it has policies
   */
  public void delete(String account, String name) {
    store.delete(account, name, EntityChecks::checkNoPolicies);
  }

  private static final class OfRoles implements EntityStore.Kind<Role> {
    @Override
    public String prefix() {
      return Keys.ROLES;
    }

    @Override
    public Key key(String account, String name) {
      return Keys.role(account, name);
    }

    @Override
    public Item write(Role role, long version) {
      if (role.path().startsWith(ServiceLinkedRole.PATH)) {
        throw new IllegalArgumentException("its service alone changes the role " + role.name());
      }
      return RoleItem.write(role, version).build();
    }

    @Override
    public Role read(Item item) {
      return RoleItem.read(item);
    }

    @Override
    public String attachments() {
      return "PoliciesPerRole";
    }

    @Override
    public LimitExceeded tooLarge(String name) {
      return LimitExceeded.size(PolicySize.INLINE_OF_ROLE, "role " + name);
    }

    @Override
    public NoSuchEntity absent(String name) {
      return NoSuchEntity.role(name);
    }

    @Override
    public EntityAlreadyExists present(String name) {
      return EntityAlreadyExists.role(name);
    }
  }
}
