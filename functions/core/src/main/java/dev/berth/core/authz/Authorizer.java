package dev.berth.core.authz;

import dev.berth.core.policy.condition.RequestContext;

/** Who may do what: every operation and every exchange asks here, and nowhere else. */
@FunctionalInterface
public interface Authorizer {

  Decision decide(Attempt attempt);

  /**
   * What a principal is about to do.
   *
   * @param action with its service's prefix: {@code ecr:PutImage}
   * @param resource the ARN that the action is on; {@code *} where it has none
   * @param context what is known of the request, for the conditions of policies
   */
  record Attempt(Principal principal, String action, String resource, RequestContext context) {

    /** Of a request of which nothing else is known. */
    public Attempt(Principal principal, String action, String resource) {
      this(principal, action, resource, RequestContext.EMPTY);
    }
  }

  /** What becomes of an attempt. */
  sealed interface Decision {

    record Allowed() implements Decision {}

    /**
     * @param message in AWS's words: {@code User: ARN is not authorized to perform: ...}
     */
    record Denied(String message) implements Decision {}
  }
}
