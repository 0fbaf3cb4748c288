package dev.berth.core.sigv4;

import dev.berth.core.sigv4.Verification.Reason;
import dev.berth.core.sigv4.Verification.Refused;

/** Ends a verification. It is an answer, not a fault, so it carries no stack trace. */
final class Refusal extends Exception {

  private final Reason reason;

  private Refusal(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  static Refusal missing(String message) {
    return new Refusal(Reason.MISSING_AUTHENTICATION_TOKEN, message);
  }

  static Refusal incomplete(String message) {
    return new Refusal(Reason.INCOMPLETE_SIGNATURE, message);
  }

  static Refusal invalid(String message) {
    return new Refusal(Reason.INVALID_SIGNATURE, message);
  }

  static Refusal unrecognized() {
    return new Refusal(
        Reason.UNRECOGNIZED_CLIENT, "The security token included in the request is invalid.");
  }

  static Refusal expired() {
    return new Refusal(
        Reason.EXPIRED_TOKEN, "The security token included in the request is expired");
  }

  Refused refused() {
    return new Refused(reason, getMessage());
  }
}
