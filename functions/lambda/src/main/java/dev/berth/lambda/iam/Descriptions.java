package dev.berth.lambda.iam;

import dev.berth.registry.identity.IdentityException.NoSuchEntity;
import dev.berth.registry.identity.Role;
import dev.berth.registry.identity.ServiceLinkedRole;
import dev.berth.registry.identity.ServiceLinkedRoles;
import java.util.Optional;

/** The descriptions of roles: all that can be edited of a service-linked one. */
record Descriptions(RoleKind roles, ServiceLinkedRoles serviceLinked) {

  /**
   * @return the role as it is now
   * @throws NoSuchEntity if there is none of that name
   */
  Role change(String account, String name, String description) {
    Role before = roles.find(account, name).orElseThrow(() -> NoSuchEntity.role(name));
    return RoleKind.isServiceLinked(before)
        ? ofService(before, description).orElseThrow(() -> NoSuchEntity.role(name))
        : roles.update(account, name, role -> role.withDescription(description));
  }

  private Optional<Role> ofService(Role role, String description) {
    return ServiceLinkedRole.named(role.name())
        .flatMap(kind -> serviceLinked.describe(role.account(), kind, description));
  }
}
