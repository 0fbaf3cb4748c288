package dev.berth.lambda.ecr;

import dev.berth.core.policy.PolicyDocument;
import dev.berth.core.policy.PolicyException;
import dev.berth.core.policy.PolicyReader;
import dev.berth.lambda.ecr.EcrError.InvalidPolicy;
import dev.berth.registry.settings.RegistryPolicies;

/** Gives the caller's registry a permissions policy. */
final class PutRegistryPolicy
    implements RegistryOperation<PutRegistryPolicy.Request, RegistryPolicyResponse> {

  record Request(String policyText) {
    Request {
      Constraints.length("policyText", policyText, 0, PolicyReader.LONGEST);
    }
  }

  private final RegistryPolicies policies;

  PutRegistryPolicy(RegistryPolicies policies) {
    this.policies = policies;
  }

  @Override
  public RegistryPolicyResponse run(Request request, Caller caller) {
    PolicyDocument policy = read(request, caller);
    policies.put(account(caller), policy);
    return new RegistryPolicyResponse(account(caller), policy.text());
  }

  private PolicyDocument read(Request request, Caller caller) {
    try {
      return PolicyReader.ofRegistry(account(caller), caller.region()).read(request.policyText());
    } catch (PolicyException e) {
      throw new InvalidPolicy("registry", e);
    }
  }
}
