package dev.berth.core.sigv4;

import dev.berth.core.authz.Principal;

/** What becomes of a signed request. */
public sealed interface Verification {

  /**
   * The request is what the principal's key signed, within the last five minutes.
   *
   * @param region of the credential scope
   */
  record Verified(Principal principal, String region, String service) implements Verification {}

  /**
   * @param message in AWS's words; never the expected signature or what it was computed from
   */
  record Refused(Reason reason, String message) implements Verification, HeadVerification {}

  /** AWS's common errors of authentication, with the codes and statuses of its JSON services. */
  enum Reason {
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException"),
    INCOMPLETE_SIGNATURE("IncompleteSignatureException"),
    UNRECOGNIZED_CLIENT("UnrecognizedClientException"),
    EXPIRED_TOKEN("ExpiredTokenException"),
    INVALID_SIGNATURE("InvalidSignatureException");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** The error's {@code __type}. */
    public String code() {
      return code;
    }

    /** The HTTP status: JSON services answer all of these with 400. */
    public int status() {
      return 400;
    }
  }
}
