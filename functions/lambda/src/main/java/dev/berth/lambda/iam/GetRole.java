package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Roles;
import java.util.List;

/** What a role is, and who may assume it. */
record GetRole(Roles roles, RoleKind kind) implements EntityAction {

  @Override
  public String name() {
    return "GetRole";
  }

  @Override
  public List<Element> run(QueryRequest request) {
    return List.of(RoleElement.of(roles.require(request.account(), kind.name(request))));
  }
}
