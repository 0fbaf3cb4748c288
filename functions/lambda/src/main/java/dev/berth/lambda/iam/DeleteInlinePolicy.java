package dev.berth.lambda.iam;

import dev.berth.core.policy.condition.RequestContext;
import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Entity;
import java.util.List;
import java.util.Optional;

/** DeleteUserPolicy and DeleteRolePolicy. */
record DeleteInlinePolicy(EntityKind kind) implements EntityAction {

  @Override
  public String name() {
    return "Delete%sPolicy".formatted(kind.word());
  }

  @Override
  public void tell(
      QueryRequest request, Optional<? extends Entity> entity, RequestContext.Builder context) {
    ConditionKeys.boundary(entity, context);
  }

  @Override
  public List<Element> run(QueryRequest request) {
    String policy = Names.policy(request);
    kind.change(
        request.account(),
        kind.name(request),
        before -> {
          GetInlinePolicy.require(kind, before, policy);
          return before.withoutInline(policy);
        });
    return List.of();
  }
}
