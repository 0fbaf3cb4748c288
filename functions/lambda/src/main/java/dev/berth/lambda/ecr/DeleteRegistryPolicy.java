package dev.berth.lambda.ecr;

import dev.berth.registry.settings.RegistryPolicies;

/** Takes the permissions policy of the caller's registry away. */
final class DeleteRegistryPolicy
    implements RegistryOperation<DeleteRegistryPolicy.Request, RegistryPolicyResponse> {

  record Request() {}

  private final RegistryPolicies policies;

  DeleteRegistryPolicy(RegistryPolicies policies) {
    this.policies = policies;
  }

  @Override
  public RegistryPolicyResponse run(Request request, Caller caller) {
    return new RegistryPolicyResponse(account(caller), policies.delete(account(caller)));
  }
}
