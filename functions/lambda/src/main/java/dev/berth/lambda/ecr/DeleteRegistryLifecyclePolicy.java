package dev.berth.lambda.ecr;

import dev.berth.registry.lifecycle.RegistryLifecyclePolicies;

/** Takes the lifecycle policy of the caller's registry away. An operation of Berth's own. */
final class DeleteRegistryLifecyclePolicy
    implements RegistryOperation<
        DeleteRegistryLifecyclePolicy.Request, RegistryLifecyclePolicyResponse> {

  record Request() {}

  private final RegistryLifecyclePolicies policies;

  DeleteRegistryLifecyclePolicy(RegistryLifecyclePolicies policies) {
    this.policies = policies;
  }

  @Override
  public RegistryLifecyclePolicyResponse run(Request request, Caller caller) {
    return new RegistryLifecyclePolicyResponse(account(caller), policies.delete(account(caller)));
  }
}
