package dev.berth.lambda.iam;

import dev.berth.core.policy.condition.RequestContext;
import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Entity;
import java.util.List;
import java.util.Optional;

/** PutUserPolicy and PutRolePolicy: gives a policy that is part of the user or role. */
record PutInlinePolicy(EntityKind kind) implements EntityAction {

  @Override
  public String name() {
    return "Put%sPolicy".formatted(kind.word());
  }

  @Override
  public void tell(
      QueryRequest request, Optional<? extends Entity> entity, RequestContext.Builder context) {
    ConditionKeys.boundary(entity, context);
  }

  @Override
  public List<Element> run(QueryRequest request) {
    String name = kind.name(request);
    String policy = Names.policy(request);
    String text = PolicyTexts.required(request, "PolicyDocument");
    kind.change(
        request.account(),
        name,
        before ->
            PolicyTexts.withInline(before, policy, text, kind.inlineSize(), kind.owner(name)));
    return List.of();
  }
}
