package dev.berth.lambda;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.policy.ApplicablePolicies;
import dev.berth.core.policy.PolicyEngine;

/** Authorizers of tests that are about something else. */
public final class Authorizers {

  private Authorizers() {}

  /** Where nobody has any policy: a root may do everything in its own account. */
  public static Authorizer withoutPolicies() {
    return attempt -> PolicyEngine.decide(attempt, ApplicablePolicies.NONE).on(attempt);
  }
}
