package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryError;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.CustomerPolicies;
import java.util.List;

/** Deletes a managed policy of the account that no user and no role has. */
record DeletePolicy(CustomerPolicies customers) implements PolicyAction {

  @Override
  public String name() {
    return "DeletePolicy";
  }

  @Override
  public List<Element> run(QueryRequest request) {
    String arn = PolicyArns.required(request, "PolicyArn");
    if (PolicyArns.isOfAws(arn)) {
      throw QueryError.accessDenied("Policy %s is AWS's, and is not deleted.".formatted(arn));
    }
    customers.delete(request.account(), arn);
    return List.of();
  }
}
