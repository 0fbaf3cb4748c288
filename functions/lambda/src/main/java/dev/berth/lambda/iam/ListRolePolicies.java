package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.ServiceLinkedRoles;
import java.util.List;

/** The policies that are part of a role: a service-linked role has none. */
final class ListRolePolicies implements RoleAction {

  private final ServiceLinkedRoles roles;

  ListRolePolicies(ServiceLinkedRoles roles) {
    this.roles = roles;
  }

  @Override
  public List<Element> run(QueryRequest request) {
    if (roles.find(request.account(), role(request)).isEmpty()) {
      throw IamErrors.noSuchRole(Names.role(request));
    }
    return List.of(Element.of("PolicyNames"), Element.of("IsTruncated", "false"));
  }
}
