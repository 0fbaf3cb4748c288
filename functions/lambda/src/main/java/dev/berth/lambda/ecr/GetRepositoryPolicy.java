package dev.berth.lambda.ecr;

import dev.berth.registry.repository.RepositoryPolicies;
import java.util.Optional;

/** The policy of a repository. */
final class GetRepositoryPolicy
    implements RepositoryOperation<GetRepositoryPolicy.Request, RepositoryPolicyResponse> {

  record Request(Optional<String> registryId, String repositoryName)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
    }
  }

  private final RepositoryPolicies policies;

  GetRepositoryPolicy(RepositoryPolicies policies) {
    this.policies = policies;
  }

  @Override
  public RepositoryPolicyResponse run(Request request, Caller caller) {
    String account = account(request, caller);
    return new RepositoryPolicyResponse(
        account, request.repositoryName(), policies.require(account, request.name()));
  }
}
