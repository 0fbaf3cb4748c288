package dev.berth.lambda.ecr;

import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.registry.lifecycle.RegistryLifecyclePolicies;

/**
 * Gives the caller's registry a lifecycle policy, which repositories without one of their own are
 * under. An operation of Berth's own.
 */
final class PutRegistryLifecyclePolicy
    implements RegistryOperation<
        PutRegistryLifecyclePolicy.Request, RegistryLifecyclePolicyResponse> {

  record Request(String lifecyclePolicyText) {
    Request {
      LifecyclePolicyText.check(lifecyclePolicyText);
    }
  }

  private final RegistryLifecyclePolicies policies;

  PutRegistryLifecyclePolicy(RegistryLifecyclePolicies policies) {
    this.policies = policies;
  }

  @Override
  public RegistryLifecyclePolicyResponse run(Request request, Caller caller) {
    LifecyclePolicy policy = LifecyclePolicyText.parse(request.lifecyclePolicyText());
    policies.put(account(caller), policy);
    return new RegistryLifecyclePolicyResponse(account(caller), policy.text());
  }
}
