package dev.berth.lambda.iam;

import dev.berth.core.policy.PolicySize;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.IdentityException.NoSuchEntity;
import dev.berth.registry.identity.Permissions;
import dev.berth.registry.identity.Role;
import dev.berth.registry.identity.Roles;
import dev.berth.registry.identity.ServiceLinkedRole;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/**
 * Roles. A service-linked one is its service's, and is seen but not changed (guide, "Using
 * service-linked roles for Amazon ECR").
 */
final class RoleKind implements EntityKind {

  private final Roles roles;

  RoleKind(Roles roles) {
    this.roles = roles;
  }

  @Override
  public String word() {
    return "Role";
  }

  @Override
  public String name(QueryRequest request) {
    return Names.role(request);
  }

  @Override
  public String arn(String account, String name) {
    String path = ServiceLinkedRole.named(name).map(ServiceLinkedRole::path).orElse("/");
    return "arn:aws:iam::%s:role%s%s".formatted(account, path, name);
  }

  @Override
  public Optional<Role> find(String account, String name) {
    return roles.find(account, name);
  }

  @Override
  public PolicySize inlineSize() {
    return PolicySize.INLINE_OF_ROLE;
  }

  @Override
  public void change(String account, String name, UnaryOperator<Permissions> change) {
    update(account, name, role -> role.with(change.apply(role.permissions())));
  }

  @Override
  public void retag(String account, String name, UnaryOperator<SortedMap<String, String>> change) {
    update(account, name, role -> role.with(change.apply(role.tags())));
  }

  /** Changes anything of a role that is no service's. */
  Role update(String account, String name, UnaryOperator<Role> change) {
    return roles.change(account, name, role -> change.apply(modifiable(role)));
  }

  @Override
  public void delete(String account, String name) {
    modifiable(roles.require(account, name));
    roles.delete(account, name);
  }

  @Override
  public NoSuchEntity absent(String name) {
    return NoSuchEntity.role(name);
  }

  static boolean isServiceLinked(Role role) {
    return role.path().startsWith(ServiceLinkedRole.PATH);
  }

  private static Role modifiable(Role role) {
    if (isServiceLinked(role)) {
      throw IamErrors.unmodifiable(role.name());
    }
    return role;
  }
}
