package dev.berth.lambda.iam;

import dev.berth.registry.identity.ServiceLinkedRoles;
import java.util.List;

/** The table of the actions. */
public final class IamActions {

  private final List<IamAction> actions;

  private IamActions(List<IamAction> actions) {
    this.actions = actions;
  }

  public static IamActions of(ServiceLinkedRoles roles) {
    return new IamActions(
        List.of(
            new GetRole(roles),
            new ListRolePolicies(roles),
            new ListAttachedRolePolicies(roles),
            new GetPolicyVersion(),
            new UpdateRole(roles),
            new UpdateRoleDescription(roles),
            new DeleteServiceLinkedRole(roles),
            new GetServiceLinkedRoleDeletionStatus(roles),
            new ProtectedRoleAction("DeleteRole", List.of(), roles),
            new ProtectedRoleAction("UpdateAssumeRolePolicy", List.of("PolicyDocument"), roles),
            new ProtectedRoleAction(
                "PutRolePolicy", List.of("PolicyName", "PolicyDocument"), roles),
            new ProtectedRoleAction("DeleteRolePolicy", List.of("PolicyName"), roles),
            new ProtectedRoleAction("AttachRolePolicy", List.of("PolicyArn"), roles),
            new ProtectedRoleAction("DetachRolePolicy", List.of("PolicyArn"), roles),
            new ProtectedRoleAction(
                "PutRolePermissionsBoundary", List.of("PermissionsBoundary"), roles),
            new ProtectedRoleAction("DeleteRolePermissionsBoundary", List.of(), roles)));
  }

  List<IamAction> all() {
    return actions;
  }
}
