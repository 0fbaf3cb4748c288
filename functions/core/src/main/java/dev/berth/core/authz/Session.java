package dev.berth.core.authz;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What temporary credentials add to the principal that they are of (IAM User Guide, "Temporary
 * security credentials in IAM").
 *
 * @param expiresAt the first instant at which they are no longer valid
 * @param role that was assumed; empty for a session of a user or a root
 * @param policies texts of the session policies, which together bound what the session may do;
 *     empty where none were given
 * @param tags of the session, which are asked before those of the role
 */
public record Session(
    Instant issuedAt,
    Instant expiresAt,
    Optional<AssumedRole> role,
    List<String> policies,
    Map<String, String> tags) {

  public Session {
    policies = List.copyOf(policies);
    tags = Map.copyOf(tags);
  }

  /** Whether its credentials are still valid then. */
  public boolean lasts(Instant instant) {
    return instant.isBefore(expiresAt);
  }

  /**
   * The role of a session.
   *
   * @param id a role that is deleted and made again has another one
   */
  public record AssumedRole(String arn, String name, String id) {}
}
