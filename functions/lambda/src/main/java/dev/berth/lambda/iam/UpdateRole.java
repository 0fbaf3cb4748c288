package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Gives a role another description or another length of its sessions; of a service-linked role the
 * length is the service's to say.
 */
record UpdateRole(RoleKind kind, Descriptions descriptions) implements EntityAction {

  @Override
  public String name() {
    return "UpdateRole";
  }

  @Override
  public List<Element> run(QueryRequest request) {
    String name = kind.name(request);
    Optional<String> description = RoleParameters.optionalDescription(request);
    Optional<Duration> longest = RoleParameters.longestSession(request);
    if (longest.isEmpty()) {
      description.ifPresentOrElse(
          text -> descriptions.change(request.account(), name, text),
          () -> kind.require(request.account(), name));
    } else {
      kind.update(request.account(), name, role -> changed(role, description, longest.get()));
    }
    return List.of();
  }

  private static Role changed(Role role, Optional<String> description, Duration longest) {
    Role changed = role.withLongestSession(longest);
    return description.map(changed::withDescription).orElse(changed);
  }
}
