package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.CustomerPolicies;
import java.util.List;

/** What a managed policy is, without its document. */
record GetPolicy(ManagedPolicies policies) implements PolicyAction {

  @Override
  public String name() {
    return "GetPolicy";
  }

  @Override
  public CustomerPolicies customers() {
    return policies.customers();
  }

  @Override
  public List<Element> run(QueryRequest request) {
    String arn = PolicyArns.required(request, "PolicyArn");
    return List.of(policies.require(request.account(), arn).element());
  }
}
