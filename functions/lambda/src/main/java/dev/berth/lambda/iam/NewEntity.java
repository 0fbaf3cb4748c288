package dev.berth.lambda.iam;

import dev.berth.core.policy.condition.RequestContext;
import dev.berth.lambda.query.Permission;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Permissions;
import java.util.List;
import java.util.SortedMap;

/** What CreateUser, CreateRole and CreatePolicy have in common. */
final class NewEntity {

  private static final String BOUNDARY = "PermissionsBoundary";

  private NewEntity() {}

  /** A new user or role has no policies, but may have a boundary. */
  static Permissions permissions(QueryRequest request) {
    return Permissions.NONE.withBoundary(
        PolicyArns.optional(request, BOUNDARY).map(PolicyArns::attachable));
  }

  /**
   * Who makes one with tags must be allowed to tag it too.
   *
   * @param word as it is in the names of actions: {@code User}
   */
  static List<Permission> permissions(QueryRequest request, String word, String arn) {
    SortedMap<String, String> tags = Tags.of(request);
    RequestContext.Builder builder = RequestContext.builder();
    ConditionKeys.requestTags(tags, builder);
    PolicyArns.optional(request, BOUNDARY)
        .ifPresent(boundary -> ConditionKeys.boundary(boundary, builder));
    RequestContext context = builder.build();
    var create = new Permission("iam:Create" + word, arn, context);
    return tags.isEmpty()
        ? List.of(create)
        : List.of(create, new Permission("iam:Tag" + word, arn, context));
  }
}
