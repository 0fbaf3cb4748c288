package dev.berth.core.policy;

/** A text is not a policy of its kind; the message says why, and where in it. */
public sealed class PolicyException extends RuntimeException {

  PolicyException(String message) {
    super(message, null, false, false);
  }

  /** It may be one, but is longer than whom it is for may have. */
  public static final class TooLong extends PolicyException {
    TooLong(String message) {
      super(message);
    }
  }
}
