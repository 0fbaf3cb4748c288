package dev.berth.lambda.ecr;

import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.registry.lifecycle.LifecyclePolicies;
import java.util.Optional;

/** Gives a repository a lifecycle policy, in place of the one that it has. */
final class PutLifecyclePolicy
    implements RepositoryOperation<PutLifecyclePolicy.Request, PutLifecyclePolicy.Response> {

  record Request(Optional<String> registryId, String repositoryName, String lifecyclePolicyText)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      LifecyclePolicyText.check(lifecyclePolicyText);
    }
  }

  /**
   * @param lifecyclePolicyText as it was sent
   */
  record Response(String registryId, String repositoryName, String lifecyclePolicyText) {}

  private final LifecyclePolicies policies;

  PutLifecyclePolicy(LifecyclePolicies policies) {
    this.policies = policies;
  }

  @Override
  public Response run(Request request, Caller caller) {
    LifecyclePolicy policy = LifecyclePolicyText.parse(request.lifecyclePolicyText());
    String account = account(request, caller);
    policies.put(account, request.name(), policy);
    return new Response(account, request.repositoryName(), policy.text());
  }
}
