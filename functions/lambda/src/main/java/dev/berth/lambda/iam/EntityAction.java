package dev.berth.lambda.iam;

import dev.berth.core.policy.condition.RequestContext;
import dev.berth.lambda.query.Permission;
import dev.berth.lambda.query.QueryAction;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Entity;
import java.util.List;
import java.util.Optional;

/** An action on one user or role, of which there is one for either kind: {@code TagUser}. */
interface EntityAction extends QueryAction {

  EntityKind kind();

  /** What is known of the request beside the tags of what it is on, which are there already. */
  default void tell(
      QueryRequest request, Optional<? extends Entity> entity, RequestContext.Builder context) {}

  @Override
  default List<Permission> permissions(QueryRequest request) {
    String name = kind().name(request);
    Optional<? extends Entity> entity = kind().find(request.account(), name);
    String arn = entity.map(Entity::arn).orElseGet(() -> kind().arn(request.account(), name));
    RequestContext.Builder context = RequestContext.builder();
    entity.ifPresent(found -> ConditionKeys.resourceTags(found.tags(), context));
    tell(request, entity, context);
    return List.of(new Permission(IamApi.SERVICE + ":" + name(), arn, context.build()));
  }
}
