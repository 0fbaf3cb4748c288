package dev.berth.lambda.ecr;

import dev.berth.registry.lifecycle.LifecyclePolicies;
import java.util.Optional;

/** What a repository's lifecycle policy is. */
final class GetLifecyclePolicy
    implements RepositoryOperation<GetLifecyclePolicy.Request, LifecyclePolicyDocument> {

  record Request(Optional<String> registryId, String repositoryName)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
    }
  }

  private final LifecyclePolicies policies;

  GetLifecyclePolicy(LifecyclePolicies policies) {
    this.policies = policies;
  }

  @Override
  public LifecyclePolicyDocument run(Request request, Caller caller) {
    String account = account(request, caller);
    return LifecyclePolicyDocument.of(
        account, request.repositoryName(), policies.require(account, request.name()));
  }
}
