package dev.berth.lambda.iam;

import dev.berth.registry.identity.ServiceLinkedRoles;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of the actions, by name. */
public final class IamActions {

  private final Map<String, IamAction> byName;

  private IamActions(List<IamAction> actions) {
    byName =
        actions.stream()
            .collect(Collectors.toUnmodifiableMap(IamAction::name, Function.identity()));
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

  Collection<IamAction> all() {
    return byName.values();
  }

  Optional<IamAction> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
