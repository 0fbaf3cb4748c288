package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.ServiceLinkedRoles;
import java.util.List;

/**
 * Deletes a service-linked role that its service does not use. Whether it did is what {@link
 * GetServiceLinkedRoleDeletionStatus} answers for the task's id.
 */
final class DeleteServiceLinkedRole implements RoleAction {

  private final ServiceLinkedRoles roles;

  DeleteServiceLinkedRole(ServiceLinkedRoles roles) {
    this.roles = roles;
  }

  @Override
  public List<Element> run(QueryRequest request) {
    return roles
        .delete(request.account(), role(request))
        .map(deletion -> List.of(Element.of("DeletionTaskId", deletion.taskId())))
        .orElseThrow(() -> IamErrors.noSuchRole(Names.role(request)));
  }
}
