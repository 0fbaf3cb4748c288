package dev.berth.core.audit;

import dev.berth.core.authz.Principal;
import dev.berth.core.authz.Session;
import dev.berth.core.authz.Session.AssumedRole;
import java.time.Instant;
import java.util.Optional;

/** Who made a call (CloudTrail User Guide, "CloudTrail userIdentity element"). */
public sealed interface UserIdentity {

  /** Where CloudTrail names a client, and none called. */
  String AWS_INTERNAL = "AWS Internal";

  /** What a principal is. */
  enum Type {
    Root,
    IAMUser,
    AssumedRole
  }

  /**
   * A principal that called.
   *
   * @param userName of a user; a root and a role's session have none
   * @param sessionContext of temporary keys
   * @param byService whether a service called on in the principal's name, as ECR calls KMS
   */
  record Caller(
      Type type,
      String principalId,
      String arn,
      String accountId,
      String accessKeyId,
      Optional<String> userName,
      Optional<SessionContext> sessionContext,
      boolean byService)
      implements UserIdentity {

    /** The same, where a service called on. */
    public Caller throughService() {
      return new Caller(
          type, principalId, arn, accountId, accessKeyId, userName, sessionContext, true);
    }
  }

  /**
   * A service that acted by itself.
   *
   * @param accountId for whom; empty for what concerns all
   */
  record Service(Optional<String> accountId) implements UserIdentity {}

  /**
   * @param creationDate when the temporary keys were issued
   * @param issuer empty for the session of a user or a root
   */
  record SessionContext(Instant creationDate, Optional<SessionIssuer> issuer) {}

  /** The role of a session. */
  record SessionIssuer(String principalId, String arn, String accountId, String userName) {}

  static Caller of(Principal principal) {
    return new Caller(
        type(principal),
        principal.uniqueId(),
        principal.arn(),
        principal.account(),
        principal.accessKeyId(),
        type(principal) == Type.IAMUser ? Optional.of(name(principal)) : Optional.empty(),
        principal.session().map(session -> context(principal, session)),
        false);
  }

  private static Type type(Principal principal) {
    if (principal.session().flatMap(Session::role).isPresent()) {
      return Type.AssumedRole;
    }
    return principal.isRoot() ? Type.Root : Type.IAMUser;
  }

  /** Users may have a path: {@code user/division/Mary_Major}. */
  private static String name(Principal principal) {
    return principal.arn().substring(principal.arn().lastIndexOf('/') + 1);
  }

  private static SessionContext context(Principal principal, Session session) {
    return new SessionContext(
        session.issuedAt(), session.role().map(role -> issuer(principal, role)));
  }

  private static SessionIssuer issuer(Principal principal, AssumedRole role) {
    return new SessionIssuer(role.id(), role.arn(), principal.account(), role.name());
  }
}
