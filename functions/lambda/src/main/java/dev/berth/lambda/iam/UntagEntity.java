package dev.berth.lambda.iam;

import dev.berth.core.policy.condition.RequestContext;
import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Entity;
import java.util.List;
import java.util.Optional;

/** UntagUser and UntagRole. */
record UntagEntity(EntityKind kind) implements EntityAction {

  @Override
  public String name() {
    return "Untag" + kind.word();
  }

  @Override
  public void tell(
      QueryRequest request, Optional<? extends Entity> entity, RequestContext.Builder context) {
    ConditionKeys.tagKeys(Tags.keys(request), context);
  }

  @Override
  public List<Element> run(QueryRequest request) {
    List<String> keys = Tags.keys(request);
    kind.retag(request.account(), kind.name(request), before -> Tags.without(before, keys));
    return List.of();
  }
}
