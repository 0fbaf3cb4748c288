package dev.berth.lambda.query;

import dev.berth.core.policy.condition.RequestContext;

/**
 * What a caller must be allowed for an action.
 *
 * @param action {@code iam:GetRole}
 * @param resource the ARN that the action is on; {@code *} where the action has none
 * @param context what the parameters say for the conditions of policies
 */
public record Permission(String action, String resource, RequestContext context) {

  /** Of an action of which no condition can tell more. */
  public Permission(String action, String resource) {
    this(action, resource, RequestContext.EMPTY);
  }
}
