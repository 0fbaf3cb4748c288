package dev.berth.core.authz;

import java.util.Optional;

/** Who may do what: every operation and every exchange asks here, and nowhere else. */
@FunctionalInterface
public interface Authorizer {

  Decision decide(Attempt attempt);

  /**
   * What a principal is about to do.
   *
   * @param action with its service's prefix: {@code ecr:PutImage}
   * @param resource the ARN that the action is on; {@code *} where it has none
   */
  record Attempt(Principal principal, String action, String resource) {}

  /** What becomes of an attempt. */
  sealed interface Decision {

    record Allowed() implements Decision {}

    /**
     * @param message in AWS's words: {@code User: ARN is not authorized to perform: ...}
     */
    record Denied(String message) implements Decision {}
  }

  /** The account's root may do everything in its own account, and nothing in another. */
  static Authorizer rootOnly() {
    return attempt -> {
      Principal principal = attempt.principal();
      boolean own =
          attempt.resource().equals("*")
              || accountOf(attempt.resource()).equals(Optional.of(principal.account()));
      return own
          ? new Decision.Allowed()
          : new Decision.Denied(
              "User: %s is not authorized to perform: %s on resource: %s because no resource-based policy allows the %s action"
                  .formatted(
                      principal.arn(), attempt.action(), attempt.resource(), attempt.action()));
    };
  }

  /**
   * The account of {@code arn:<partition>:<service>:<region>:<account>:<resource>}, whatever the
   * resource may look like (IAM User Guide, "Amazon Resource Names"); empty for what is no ARN.
   */
  private static Optional<String> accountOf(String resource) {
    String[] parts = resource.split(":", 6);
    return parts.length == 6 && parts[0].equals("arn") ? Optional.of(parts[4]) : Optional.empty();
  }
}
