package dev.berth.lambda.sts;

import dev.berth.core.authz.Principal;
import dev.berth.core.policy.condition.RequestContext;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryError;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.authz.RoleAssumptions;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.identity.Role;
import dev.berth.registry.identity.ServiceLinkedRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A session of a role, of any account, that trusts the caller. Whether there is a role, and whom it
 * trusts, is not told to who may not assume it.
 */
final class AssumeRole implements StsAction {

  private static final Duration BY_DEFAULT = Duration.ofHours(1);

  /** With a session's credentials (IAM User Guide, "Role chaining"). */
  private static final Duration LONGEST_CHAINED = Duration.ofHours(1);

  private final Identities identities;
  private final RoleAssumptions assumptions;

  AssumeRole(Identities identities, RoleAssumptions assumptions) {
    this.identities = identities;
    this.assumptions = assumptions;
  }

  @Override
  public List<Element> run(QueryRequest request) {
    AssumeRoleRequest asked = AssumeRoleRequest.of(request);
    checkCaller(request.caller(), asked);
    OptionalInt packed = PackedSize.of(asked.policies(), asked.tags());
    Role role = authorized(request, asked);
    if (asked.length().filter(any -> any.compareTo(role.longestSession()) > 0).isPresent()) {
      throw StsErrors.validation(
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    AccessKey key =
        identities
            .sessions()
            .ofRole(
                role,
                asked.sessionName(),
                asked.length().orElse(BY_DEFAULT),
                asked.policies().texts(role.account(), identities.policies()),
                asked.tags().toMap());
    return answer(key, packed);
  }

  private static void checkCaller(Principal caller, AssumeRoleRequest asked) {
    if (caller.isRoot()) {
      throw QueryError.accessDenied("Roles may not be assumed by root accounts.");
    }
    if (caller.session().isPresent()
        && asked.length().filter(any -> any.compareTo(LONGEST_CHAINED) > 0).isPresent()) {
      throw StsErrors.validation(
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
              + " chaining.");
    }
  }

  private Role authorized(QueryRequest request, AssumeRoleRequest asked) {
    Optional<Role> role =
        identities
            .roles()
            .find(asked.role().account(), asked.role().name())
            .filter(found -> found.arn().equals(asked.role().arn()))
            .filter(found -> ServiceLinkedRole.named(found.name()).isEmpty());
    RequestContext context = request.context().and(asked);
    for (String action : asked.actions()) {
      if (role.filter(found -> allows(request.caller(), action, found, context)).isEmpty()) {
        throw QueryError.accessDenied(
            "User: %s is not authorized to perform: %s on resource: %s"
                .formatted(request.caller().arn(), action, asked.role().arn()));
      }
    }
    return role.orElseThrow();
  }

  private boolean allows(Principal caller, String action, Role role, RequestContext context) {
    return assumptions.allows(caller, action, role, context);
  }

  private static List<Element> answer(AccessKey key, OptionalInt packed) {
    List<Element> answer = new ArrayList<>();
    answer.add(
        Element.of(
            "AssumedRoleUser",
            Element.of("AssumedRoleId", key.principal().uniqueId()),
            Element.of("Arn", key.principal().arn())));
    answer.add(CredentialsElement.of(key));
    packed.ifPresent(
        percent -> answer.add(Element.of("PackedPolicySize", Integer.toString(percent))));
    return answer;
  }
}
