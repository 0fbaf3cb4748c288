package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.ServiceLinkedRoles;
import java.util.List;

/**
 * An action that would change a role: a service-linked role is its service's, and is not changed
 * (guide, "Using service-linked roles for Amazon ECR").
 *
 * @param required the parameters that it must have beside the role's name
 */
record ProtectedRoleAction(String name, List<String> required, ServiceLinkedRoles roles)
    implements RoleAction {

  @Override
  public List<Element> run(QueryRequest request) {
    required.forEach(request::required);
    if (roles.find(request.account(), role(request)).isEmpty()) {
      throw IamErrors.noSuchRole(Names.role(request));
    }
    throw IamErrors.unmodifiable(Names.role(request));
  }
}
