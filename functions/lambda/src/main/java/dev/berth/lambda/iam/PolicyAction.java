package dev.berth.lambda.iam;

import dev.berth.core.policy.condition.RequestContext;
import dev.berth.lambda.query.Permission;
import dev.berth.lambda.query.QueryAction;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.CustomerPolicies;
import java.util.List;

/** An action on one managed policy. */
interface PolicyAction extends QueryAction {

  CustomerPolicies customers();

  /** AWS's own policies are nobody's, so everybody may be allowed to read them. */
  @Override
  default List<Permission> permissions(QueryRequest request) {
    String arn = PolicyArns.required(request, "PolicyArn");
    RequestContext.Builder context = RequestContext.builder();
    customers()
        .find(request.account(), arn)
        .ifPresent(policy -> ConditionKeys.resourceTags(policy.tags(), context));
    String resource = PolicyArns.isOfAws(arn) ? "*" : arn;
    return List.of(new Permission(IamApi.SERVICE + ":" + name(), resource, context.build()));
  }
}
