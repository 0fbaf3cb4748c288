package dev.berth.lambda.iam;

import dev.berth.core.policy.condition.RequestContext;
import dev.berth.registry.identity.Entity;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the parameters of a request, and what it is on, say for the conditions of policies (Service
 * Authorization Reference, "Condition keys for AWS Identity and Access Management").
 */
final class ConditionKeys {

  private static final String BOUNDARY = "iam:PermissionsBoundary";

  private ConditionKeys() {}

  static void resourceTags(Map<String, String> tags, RequestContext.Builder context) {
    tags.forEach(
        (key, value) ->
            context.with("aws:ResourceTag/" + key, value).with("iam:ResourceTag/" + key, value));
  }

  static void requestTags(Map<String, String> tags, RequestContext.Builder context) {
    tags.forEach((key, value) -> context.with("aws:RequestTag/" + key, value));
    tagKeys(tags.keySet(), context);
  }

  static void tagKeys(Collection<String> keys, RequestContext.Builder context) {
    context.with("aws:TagKeys", List.copyOf(keys));
  }

  /** The boundary that is asked for. */
  static void boundary(String arn, RequestContext.Builder context) {
    context.with(BOUNDARY, arn);
  }

  /** The boundary of what a request is on. */
  static void boundary(Optional<? extends Entity> entity, RequestContext.Builder context) {
    entity
        .flatMap(found -> found.permissions().boundary())
        .ifPresent(arn -> boundary(arn, context));
  }

  static void policy(String arn, RequestContext.Builder context) {
    context.with("iam:PolicyARN", arn);
  }
}
