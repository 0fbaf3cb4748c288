package dev.berth.lambda.ecr;

import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.core.lifecycle.LifecyclePolicyException;
import dev.berth.lambda.ecr.EcrError.InvalidParameter;

/** ECR's LifecyclePolicyText in requests. */
final class LifecyclePolicyText {

  private LifecyclePolicyText() {}

  /** For the constructors of requests. */
  static void check(String text) {
    Constraints.length(
        "lifecyclePolicyText", text, LifecyclePolicy.SHORTEST, LifecyclePolicy.LONGEST);
  }

  /**
   * @throws InvalidParameter if it is not a valid policy
   */
  static LifecyclePolicy parse(String text) {
    try {
      return LifecyclePolicy.parse(text);
    } catch (LifecyclePolicyException e) {
      throw new InvalidParameter(
          "LifecyclePolicyText", "Lifecycle policy validation failure: " + e.getMessage());
    }
  }
}
