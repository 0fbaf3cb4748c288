package dev.berth.lambda.iam;

import dev.berth.core.policy.condition.RequestContext;
import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Entity;
import java.util.List;
import java.util.Optional;

/** DeleteUserPermissionsBoundary and DeleteRolePermissionsBoundary. */
record DeleteBoundary(EntityKind kind) implements EntityAction {

  @Override
  public String name() {
    return "Delete%sPermissionsBoundary".formatted(kind.word());
  }

  @Override
  public void tell(
      QueryRequest request, Optional<? extends Entity> entity, RequestContext.Builder context) {
    ConditionKeys.boundary(entity, context);
  }

  @Override
  public List<Element> run(QueryRequest request) {
    kind.change(
        request.account(), kind.name(request), before -> before.withBoundary(Optional.empty()));
    return List.of();
  }
}
