package dev.berth.lambda.iam;

import dev.berth.registry.identity.ServiceLinkedRoles;
import java.util.List;

/** The policies that are part of a role: a service-linked role has none. */
final class ListRolePolicies implements RoleAction {

  private final ServiceLinkedRoles roles;

  ListRolePolicies(ServiceLinkedRoles roles) {
    this.roles = roles;
  }

  @Override
  public List<Element> run(IamRequest request) {
    if (roles.find(request.account(), role(request)).isEmpty()) {
      throw IamError.noSuchRole(request.roleName());
    }
    return List.of(Element.of("PolicyNames"), Element.of("IsTruncated", "false"));
  }
}
