package dev.berth.lambda.ecr;

import dev.berth.registry.lifecycle.LifecyclePolicies;
import java.util.Optional;

/** Takes a repository's lifecycle policy away; previews of it stay. */
final class DeleteLifecyclePolicy
    implements RepositoryOperation<DeleteLifecyclePolicy.Request, LifecyclePolicyDocument> {

  record Request(Optional<String> registryId, String repositoryName)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
    }
  }

  private final LifecyclePolicies policies;

  DeleteLifecyclePolicy(LifecyclePolicies policies) {
    this.policies = policies;
  }

  @Override
  public LifecyclePolicyDocument run(Request request, Caller caller) {
    String account = account(request, caller);
    return LifecyclePolicyDocument.of(
        account, request.repositoryName(), policies.delete(account, request.name()));
  }
}
