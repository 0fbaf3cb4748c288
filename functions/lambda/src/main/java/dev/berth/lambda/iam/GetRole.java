package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.ServiceLinkedRole;
import dev.berth.registry.identity.ServiceLinkedRoles;
import java.util.List;

/** What a role is, and who may assume it. */
final class GetRole implements RoleAction {

  private final ServiceLinkedRoles roles;

  GetRole(ServiceLinkedRoles roles) {
    this.roles = roles;
  }

  @Override
  public List<Element> run(QueryRequest request) {
    ServiceLinkedRole kind = role(request);
    return roles
        .find(request.account(), kind)
        .map(role -> List.of(RoleElement.of(role, kind)))
        .orElseThrow(() -> IamErrors.noSuchRole(Names.role(request)));
  }
}
