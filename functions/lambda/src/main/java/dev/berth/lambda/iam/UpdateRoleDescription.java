package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import java.util.List;

/** Gives a role another description. */
record UpdateRoleDescription(RoleKind kind, Descriptions descriptions) implements EntityAction {

  @Override
  public String name() {
    return "UpdateRoleDescription";
  }

  @Override
  public List<Element> run(QueryRequest request) {
    String description = RoleParameters.description(request);
    return List.of(
        RoleElement.of(descriptions.change(request.account(), kind.name(request), description)));
  }
}
