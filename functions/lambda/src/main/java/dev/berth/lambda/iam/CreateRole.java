package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.Permission;
import dev.berth.lambda.query.QueryAction;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Role;
import dev.berth.registry.identity.Roles;
import dev.berth.registry.identity.ServiceLinkedRole;
import java.time.Clock;
import java.util.List;

/** Makes a role, which may do nothing yet. */
record CreateRole(Roles roles, TrustPolicies trust, Clock clock) implements QueryAction {

  @Override
  public String name() {
    return "CreateRole";
  }

  @Override
  public List<Permission> permissions(QueryRequest request) {
    return NewEntity.permissions(request, "Role", made(request).arn());
  }

  @Override
  public List<Element> run(QueryRequest request) {
    Role role = made(request);
    checkNoServices(role);
    trust.check(role.account(), role.trustPolicy());
    roles.create(role);
    return List.of(RoleElement.of(role));
  }

  private Role made(QueryRequest request) {
    return Role.made(
        request.account(),
        Names.path(request),
        Names.role(request),
        RoleParameters.optionalDescription(request).orElse(""),
        clock.instant(),
        PolicyTexts.required(request, "AssumeRolePolicyDocument"),
        RoleParameters.longestSession(request).orElse(Role.AN_HOUR),
        NewEntity.permissions(request),
        Tags.of(request));
  }

  /** The names of services' roles are nobody else's either: the store keeps them. */
  private static void checkNoServices(Role role) {
    if (RoleKind.isServiceLinked(role)) {
      throw IamErrors.invalidInput(
          "Path prefix '%s' can only be used for AWS Service linked Roles"
              .formatted(ServiceLinkedRole.PATH));
    }
  }
}
