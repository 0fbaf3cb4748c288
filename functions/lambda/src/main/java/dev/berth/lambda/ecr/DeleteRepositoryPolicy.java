package dev.berth.lambda.ecr;

import dev.berth.registry.repository.RepositoryPolicies;
import java.util.Optional;

/** Takes a repository's policy away. */
final class DeleteRepositoryPolicy
    implements RepositoryOperation<DeleteRepositoryPolicy.Request, RepositoryPolicyResponse> {

  record Request(Optional<String> registryId, String repositoryName)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
    }
  }

  private final RepositoryPolicies policies;

  DeleteRepositoryPolicy(RepositoryPolicies policies) {
    this.policies = policies;
  }

  @Override
  public RepositoryPolicyResponse run(Request request, Caller caller) {
    String account = account(request, caller);
    return new RepositoryPolicyResponse(
        account, request.repositoryName(), policies.delete(account, request.name()));
  }
}
