package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.CustomerPolicies;
import java.util.List;

/** The versions of a managed policy: there is one of each. */
record ListPolicyVersions(ManagedPolicies policies, Paging paging) implements PolicyAction {

  @Override
  public String name() {
    return "ListPolicyVersions";
  }

  @Override
  public CustomerPolicies customers() {
    return policies.customers();
  }

  @Override
  public List<Element> run(QueryRequest request) {
    String arn = PolicyArns.required(request, "PolicyArn");
    PolicyDetails policy = policies.require(request.account(), arn);
    return paging.answer(
        request,
        "Versions",
        paging.page(request, List.of(policy)),
        only -> Element.of("member", only.version()));
  }
}
