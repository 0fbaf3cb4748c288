package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.Permission;
import dev.berth.lambda.query.QueryAction;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.CustomerPolicies;
import dev.berth.registry.identity.CustomerPolicy;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;

/** Makes a managed policy of the account's own. */
record CreatePolicy(CustomerPolicies policies, Clock clock) implements QueryAction {

  private static final int LONGEST_DESCRIPTION = 1000;
  private static final Pattern DESCRIPTION = Pattern.compile("(?s).*");

  @Override
  public String name() {
    return "CreatePolicy";
  }

  @Override
  public List<Permission> permissions(QueryRequest request) {
    return NewEntity.permissions(request, "Policy", made(request).arn());
  }

  @Override
  public List<Element> run(QueryRequest request) {
    CustomerPolicy policy = made(request);
    PolicyTexts.checkManaged(policy.text());
    policies.create(policy);
    return List.of(PolicyDetails.of(policy).element());
  }

  private CustomerPolicy made(QueryRequest request) {
    return CustomerPolicy.made(
        request.account(),
        Names.policyPath(request),
        Names.policy(request),
        request.optionalText("Description", 0, LONGEST_DESCRIPTION, DESCRIPTION).orElse(""),
        PolicyTexts.required(request, "PolicyDocument"),
        clock.instant(),
        Tags.of(request));
  }
}
