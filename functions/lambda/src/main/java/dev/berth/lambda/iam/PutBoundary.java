package dev.berth.lambda.iam;

import dev.berth.core.policy.condition.RequestContext;
import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Entity;
import java.util.List;
import java.util.Optional;

/** PutUserPermissionsBoundary and PutRolePermissionsBoundary. */
record PutBoundary(EntityKind kind) implements EntityAction {

  @Override
  public String name() {
    return "Put%sPermissionsBoundary".formatted(kind.word());
  }

  /** The boundary that is asked for, not the one that is there. */
  @Override
  public void tell(
      QueryRequest request, Optional<? extends Entity> entity, RequestContext.Builder context) {
    ConditionKeys.boundary(PolicyArns.required(request, "PermissionsBoundary"), context);
  }

  @Override
  public List<Element> run(QueryRequest request) {
    String arn = PolicyArns.required(request, "PermissionsBoundary");
    kind.change(
        request.account(),
        kind.name(request),
        before -> before.withBoundary(Optional.of(PolicyArns.attachable(arn))));
    return List.of();
  }
}
