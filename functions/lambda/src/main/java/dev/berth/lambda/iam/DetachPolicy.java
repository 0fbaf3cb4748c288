package dev.berth.lambda.iam;

import dev.berth.core.policy.condition.RequestContext;
import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Entity;
import dev.berth.registry.identity.Permissions;
import java.util.List;
import java.util.Optional;

/** DetachUserPolicy and DetachRolePolicy. */
record DetachPolicy(EntityKind kind) implements EntityAction {

  @Override
  public String name() {
    return "Detach%sPolicy".formatted(kind.word());
  }

  @Override
  public void tell(
      QueryRequest request, Optional<? extends Entity> entity, RequestContext.Builder context) {
    ConditionKeys.policy(PolicyArns.required(request, "PolicyArn"), context);
    ConditionKeys.boundary(entity, context);
  }

  @Override
  public List<Element> run(QueryRequest request) {
    String arn = PolicyArns.required(request, "PolicyArn");
    kind.change(request.account(), kind.name(request), before -> detached(before, arn));
    return List.of();
  }

  private static Permissions detached(Permissions before, String arn) {
    if (!before.attached().contains(arn)) {
      throw IamErrors.noSuchEntity("Policy %s was not found.".formatted(arn));
    }
    return before.detach(arn);
  }
}
