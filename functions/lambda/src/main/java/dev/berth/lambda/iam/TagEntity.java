package dev.berth.lambda.iam;

import dev.berth.core.policy.condition.RequestContext;
import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Entity;
import java.util.List;
import java.util.Optional;

/** TagUser and TagRole. */
record TagEntity(EntityKind kind) implements EntityAction {

  @Override
  public String name() {
    return "Tag" + kind.word();
  }

  @Override
  public void tell(
      QueryRequest request, Optional<? extends Entity> entity, RequestContext.Builder context) {
    ConditionKeys.requestTags(Tags.of(request), context);
  }

  @Override
  public List<Element> run(QueryRequest request) {
    var tags = Tags.of(request);
    kind.retag(
        request.account(),
        kind.name(request),
        before -> Tags.with(before, tags, "TagsPer" + kind.word()));
    return List.of();
  }
}
