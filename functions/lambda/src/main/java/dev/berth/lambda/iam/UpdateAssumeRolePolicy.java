package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import java.util.List;

/** Says anew who may assume a role. */
record UpdateAssumeRolePolicy(RoleKind kind, TrustPolicies trust) implements EntityAction {

  @Override
  public String name() {
    return "UpdateAssumeRolePolicy";
  }

  @Override
  public List<Element> run(QueryRequest request) {
    String text = PolicyTexts.required(request, "PolicyDocument");
    kind.update(
        request.account(),
        kind.name(request),
        role -> {
          trust.check(request.account(), text);
          return role.withTrustPolicy(text);
        });
    return List.of();
  }
}
