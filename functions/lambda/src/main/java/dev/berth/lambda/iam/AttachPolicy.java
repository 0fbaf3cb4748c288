package dev.berth.lambda.iam;

import dev.berth.core.policy.condition.RequestContext;
import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Entity;
import java.util.List;
import java.util.Optional;

/** AttachUserPolicy and AttachRolePolicy: of managed policies, AWS's and the account's. */
record AttachPolicy(EntityKind kind) implements EntityAction {

  @Override
  public String name() {
    return "Attach%sPolicy".formatted(kind.word());
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
    kind.change(
        request.account(), kind.name(request), before -> before.attach(PolicyArns.attachable(arn)));
    return List.of();
  }
}
