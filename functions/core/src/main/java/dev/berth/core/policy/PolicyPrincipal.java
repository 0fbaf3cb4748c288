package dev.berth.core.policy;

import dev.berth.core.authz.Principal;

/** Whom a statement of a resource policy is about (IAM User Guide, "Principal"). */
public sealed interface PolicyPrincipal {

  /** {@code *}: whoever is authenticated. */
  record Anyone() implements PolicyPrincipal {}

  /**
   * All of an account: {@code 111122223333} or {@code arn:aws:iam::111122223333:root}.
   *
   * @param id 12 digits
   */
  record Account(String id) implements PolicyPrincipal {}

  /**
   * A user, a role, or a session of a role or federated user.
   *
   * @param arn without wildcards
   */
  record Identity(String arn) implements PolicyPrincipal {}

  /** An AWS service: {@code codebuild.amazonaws.com}. */
  record Service(String name) implements PolicyPrincipal {}

  /** Whom an identity provider vouches for. */
  record Federated(String provider) implements PolicyPrincipal {}

  /** Whether the caller is the principal or one of the account's. */
  default boolean includes(Principal caller) {
    return switch (this) {
      case Anyone() -> true;
      case Account(String id) -> caller.account().equals(id);
      case Identity(String arn) -> caller.arn().equals(arn);
      case Service _, Federated _ -> false;
    };
  }
}
