package dev.berth.lambda.ecr;

import dev.berth.core.policy.PolicyDocument;
import dev.berth.core.policy.PolicyException;
import dev.berth.core.policy.PolicyReader;
import dev.berth.lambda.ecr.EcrError.InvalidParameter;
import dev.berth.lambda.ecr.EcrError.InvalidPolicy;
import dev.berth.registry.repository.RepositoryPolicies;
import java.util.Optional;

/** Gives a repository a policy; one that keeps the caller from doing so again only by force. */
final class SetRepositoryPolicy
    implements RepositoryOperation<SetRepositoryPolicy.Request, RepositoryPolicyResponse> {

  record Request(
      Optional<String> registryId,
      String repositoryName,
      String policyText,
      Optional<Boolean> force)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      Constraints.length("policyText", policyText, 0, PolicyReader.LONGEST);
    }
  }

  private final RepositoryPolicies policies;

  SetRepositoryPolicy(RepositoryPolicies policies) {
    this.policies = policies;
  }

  @Override
  public RepositoryPolicyResponse run(Request request, Caller caller) {
    PolicyDocument policy = read(request);
    if (policy.locksOut(caller.principal()) && !request.force().orElse(false)) {
      throw new InvalidParameter(
          "PolicyText",
          "The policy would prevent you from setting another policy in the future; to set it"
              + " nevertheless, use force");
    }
    String account = account(request, caller);
    policies.set(account, request.name(), policy);
    return new RepositoryPolicyResponse(account, request.repositoryName(), policy.text());
  }

  private static PolicyDocument read(Request request) {
    try {
      return PolicyReader.ofRepository().read(request.policyText());
    } catch (PolicyException e) {
      throw new InvalidPolicy("repository", e);
    }
  }
}
