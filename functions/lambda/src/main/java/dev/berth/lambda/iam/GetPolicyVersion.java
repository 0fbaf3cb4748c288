package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.CustomerPolicies;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The document of a managed policy. */
record GetPolicyVersion(ManagedPolicies policies) implements PolicyAction {

  private static final int LONGEST = 64;
  private static final Pattern VERSION = Pattern.compile("v[1-9][0-9]*(?:\\.[A-Za-z0-9-]*)?");

  @Override
  public String name() {
    return "GetPolicyVersion";
  }

  @Override
  public CustomerPolicies customers() {
    return policies.customers();
  }

  @Override
  public List<Element> run(QueryRequest request) {
    String arn = PolicyArns.required(request, "PolicyArn");
    String version = request.text("VersionId", 1, LONGEST, VERSION);
    PolicyDetails policy = policies.require(request.account(), arn);
    if (!version.equals(PolicyDetails.VERSION)) {
      throw IamErrors.noSuchEntity(
          "Policy %s version %s does not exist or is not attachable.".formatted(arn, version));
    }
    List<Element> elements = new ArrayList<>();
    elements.add(Element.of("Document", RoleElement.encoded(policy.text())));
    elements.addAll(policy.version());
    return List.of(Element.of("PolicyVersion", elements));
  }
}
