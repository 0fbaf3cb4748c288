package dev.berth.core.policy;

import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Authorizer.Decision;

/** What policies say of an attempt, and which type of them said it. */
public sealed interface Verdict {

  record Allowed() implements Verdict {}

  /** By a statement with the effect Deny. */
  record ExplicitlyDenied(PolicyType by) implements Verdict {}

  /**
   * Without any such statement.
   *
   * @param missing the type of which none allows it, though one would have to
   */
  record ImplicitlyDenied(PolicyType missing) implements Verdict {}

  /** In AWS's words (IAM User Guide, "Troubleshoot access denied error messages"). */
  default Decision on(Attempt attempt) {
    return switch (this) {
      case Allowed() -> new Decision.Allowed();
      case ExplicitlyDenied(PolicyType by) ->
          denied(attempt, "with an explicit deny in " + by.withArticle());
      case ImplicitlyDenied(PolicyType missing) ->
          denied(
              attempt, "because no %s allows the %s action".formatted(missing, attempt.action()));
    };
  }

  private static Decision denied(Attempt attempt, String why) {
    return new Decision.Denied(
        "User: %s is not authorized to perform: %s on resource: %s %s"
            .formatted(attempt.principal().arn(), attempt.action(), attempt.resource(), why));
  }
}
