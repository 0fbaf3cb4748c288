package dev.berth.core.policy;

/** A text is not a policy of its kind; the message says why, and where in it. */
public final class PolicyException extends RuntimeException {

  PolicyException(String message) {
    super(message, null, false, false);
  }
}
