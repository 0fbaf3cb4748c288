package dev.berth.lambda.ecr;

import dev.berth.core.policy.condition.RequestContext;

/**
 * What a caller must be allowed for an operation.
 *
 * @param action {@code ecr:PutImage}
 * @param resource the ARN that the action is on; {@code *} where the action has none
 * @param tags that the request is about
 */
record Permission(String action, String resource, RequestTags tags) {

  /** For what is about no tags. */
  Permission(String action, String resource) {
    this(action, resource, RequestTags.NONE);
  }

  /** What is known of the request, with its tags. */
  RequestContext in(RequestContext context) {
    return tags.keys().isEmpty() ? context : context.and(tags);
  }
}
