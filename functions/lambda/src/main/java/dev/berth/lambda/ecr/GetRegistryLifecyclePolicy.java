package dev.berth.lambda.ecr;

import dev.berth.registry.lifecycle.RegistryLifecyclePolicies;

/** The lifecycle policy of the caller's registry. An operation of Berth's own. */
final class GetRegistryLifecyclePolicy
    implements RegistryOperation<
        GetRegistryLifecyclePolicy.Request, RegistryLifecyclePolicyResponse> {

  record Request() {}

  private final RegistryLifecyclePolicies policies;

  GetRegistryLifecyclePolicy(RegistryLifecyclePolicies policies) {
    this.policies = policies;
  }

  @Override
  public RegistryLifecyclePolicyResponse run(Request request, Caller caller) {
    return new RegistryLifecyclePolicyResponse(account(caller), policies.require(account(caller)));
  }
}
