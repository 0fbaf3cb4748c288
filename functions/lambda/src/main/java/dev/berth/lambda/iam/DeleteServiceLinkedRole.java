package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.ServiceLinkedRole;
import dev.berth.registry.identity.ServiceLinkedRoles;
import java.util.List;

/**
 * Deletes a service-linked role that its service does not use. Whether it did is what {@link
 * GetServiceLinkedRoleDeletionStatus} answers for the task's id.
 */
record DeleteServiceLinkedRole(RoleKind kind, ServiceLinkedRoles roles) implements EntityAction {

  @Override
  public String name() {
    return "DeleteServiceLinkedRole";
  }

  @Override
  public List<Element> run(QueryRequest request) {
    String name = kind.name(request);
    return ServiceLinkedRole.named(name)
        .flatMap(role -> roles.delete(request.account(), role))
        .map(deletion -> List.of(Element.of("DeletionTaskId", deletion.taskId())))
        .orElseThrow(() -> IamErrors.noSuchRole(name));
  }
}
