package dev.berth.lambda.ecr;

import dev.berth.registry.settings.RegistryPolicies;

/** The permissions policy of the caller's registry. */
final class GetRegistryPolicy
    implements RegistryOperation<GetRegistryPolicy.Request, RegistryPolicyResponse> {

  record Request() {}

  private final RegistryPolicies policies;

  GetRegistryPolicy(RegistryPolicies policies) {
    this.policies = policies;
  }

  @Override
  public RegistryPolicyResponse run(Request request, Caller caller) {
    return new RegistryPolicyResponse(account(caller), policies.require(account(caller)));
  }
}
