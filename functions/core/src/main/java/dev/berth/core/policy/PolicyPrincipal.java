package dev.berth.core.policy;

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

  /** How it names this caller. */
  default Naming naming(Caller caller) {
    return switch (this) {
      case Anyone() -> Naming.DIRECTLY;
      case Account(String id) when !caller.account().equals(id) -> Naming.NOT;
      case Account(String _) -> caller.isRoot() ? Naming.DIRECTLY : Naming.BY_ACCOUNT;
      case Identity(String arn) when caller.arn().equals(arn) -> Naming.DIRECTLY;
      case Identity(String arn) -> caller.isSessionOf(arn) ? Naming.BY_ROLE : Naming.NOT;
      case Service(String name) -> caller.arn().equals(name) ? Naming.DIRECTLY : Naming.NOT;
      case Federated _ -> Naming.NOT;
    };
  }
}
