package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.ServiceLinkedRole;
import dev.berth.registry.identity.ServiceLinkedRoles;
import java.util.List;
import java.util.Optional;

/** Gives a role another description; its sessions' length is the service's to say. */
final class UpdateRole implements RoleAction {

  private final ServiceLinkedRoles roles;

  UpdateRole(ServiceLinkedRoles roles) {
    this.roles = roles;
  }

  @Override
  public List<Element> run(QueryRequest request) {
    ServiceLinkedRole kind = role(request);
    Optional<String> description =
        request.optionalText(
            "Description", 0, UpdateRoleDescription.LONGEST, UpdateRoleDescription.DESCRIPTION);
    if (roles.find(request.account(), kind).isEmpty()) {
      throw IamErrors.noSuchRole(Names.role(request));
    }
    if (request.parameters().first("MaxSessionDuration").isPresent()) {
      throw IamErrors.unmodifiable(Names.role(request));
    }
    description.ifPresent(text -> roles.describe(request.account(), kind, text));
    return List.of();
  }
}
