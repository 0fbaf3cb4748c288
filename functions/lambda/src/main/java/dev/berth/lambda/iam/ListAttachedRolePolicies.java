package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.ServiceLinkedRole;
import dev.berth.registry.identity.ServiceLinkedRoles;
import java.util.List;

/** The managed policies that are attached to a role: a service-linked role has one. */
final class ListAttachedRolePolicies implements RoleAction {

  private final ServiceLinkedRoles roles;

  ListAttachedRolePolicies(ServiceLinkedRoles roles) {
    this.roles = roles;
  }

  @Override
  public List<Element> run(QueryRequest request) {
    ServiceLinkedRole kind = role(request);
    if (roles.find(request.account(), kind).isEmpty()) {
      throw IamErrors.noSuchRole(Names.role(request));
    }
    List<Element> policy =
        List.of(
            Element.of("PolicyName", kind.policyName()), Element.of("PolicyArn", kind.policyArn()));
    return List.of(
        Element.list("AttachedPolicies", List.of(policy)), Element.of("IsTruncated", "false"));
  }
}
