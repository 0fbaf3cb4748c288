package dev.berth.core.policy;

import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.policy.condition.Arn;
import dev.berth.core.policy.condition.RequestContext;
import java.util.Locale;
import java.util.Optional;

/**
 * An attempt, made ready once for all statements that are asked about it.
 *
 * @param action in lower case
 * @param resource empty for an action that is on no resource
 * @param hasBoundary whether the caller has a permissions boundary
 */
record Question(
    Caller caller,
    String action,
    Optional<Arn> resource,
    RequestContext context,
    boolean hasBoundary) {

  static Question of(Attempt attempt, boolean hasBoundary) {
    return new Question(
        Caller.of(attempt.principal()),
        attempt.action().toLowerCase(Locale.ROOT),
        Arn.parse(attempt.resource()),
        attempt.context(),
        hasBoundary);
  }
}
