package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.ServiceLinkedRole;
import dev.berth.registry.identity.ServiceLinkedRoles;
import java.util.List;
import java.util.regex.Pattern;

/** Gives a role another description: the one thing of a service-linked role that can be edited. */
final class UpdateRoleDescription implements RoleAction {

  static final int LONGEST = 1000;

  /** roleDescriptionType of IAM's model. */
  static final Pattern DESCRIPTION =
      Pattern.compile("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*");

  private final ServiceLinkedRoles roles;

  UpdateRoleDescription(ServiceLinkedRoles roles) {
    this.roles = roles;
  }

  @Override
  public List<Element> run(QueryRequest request) {
    ServiceLinkedRole kind = role(request);
    String description = request.text("Description", 0, LONGEST, DESCRIPTION);
    return roles
        .describe(request.account(), kind, description)
        .map(role -> List.of(RoleElement.of(role, kind)))
        .orElseThrow(() -> IamErrors.noSuchRole(Names.role(request)));
  }
}
