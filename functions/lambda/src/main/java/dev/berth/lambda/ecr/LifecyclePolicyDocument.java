package dev.berth.lambda.ecr;

import dev.berth.registry.lifecycle.StoredLifecyclePolicy;
import java.time.Instant;
import java.util.Optional;

/**
 * What GetLifecyclePolicy and DeleteLifecyclePolicy answer with.
 *
 * @param lastEvaluatedAt absent while the policy has not been run
 */
record LifecyclePolicyDocument(
    String registryId,
    String repositoryName,
    String lifecyclePolicyText,
    Optional<Instant> lastEvaluatedAt) {

  static LifecyclePolicyDocument of(
      String account, String repositoryName, StoredLifecyclePolicy policy) {
    return new LifecyclePolicyDocument(
        account, repositoryName, policy.text(), policy.lastEvaluatedAt());
  }
}
