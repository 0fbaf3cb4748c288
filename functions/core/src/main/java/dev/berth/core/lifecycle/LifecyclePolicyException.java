package dev.berth.core.lifecycle;

/**
 * A policy text that its author has to mend. The message is what ECR's own continues with after
 * {@code Lifecycle policy validation failure: }.
 */
public final class LifecyclePolicyException extends RuntimeException {

  // the author's mistake, not ours: where in our code it was noticed is of no interest
  LifecyclePolicyException(String message) {
    super(message, null, false, false);
  }
}
