package dev.berth.lambda.iam;

import dev.berth.core.sigv4.Verification.Refused;

/**
 * An answer of the IAM API that is not a success: the code, the HTTP status and the message of its
 * model or of AWS's common errors. Answers, not faults, so without a stack trace.
 */
final class IamError extends RuntimeException {

  private final String code;
  private final int status;

  private IamError(String code, int status, String message) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
  }

  String code() {
    return code;
  }

  int status() {
    return status;
  }

  static IamError noSuchRole(String name) {
    return noSuchEntity("The role with name %s cannot be found.".formatted(name));
  }

  static IamError noSuchEntity(String message) {
    return new IamError("NoSuchEntity", 404, message);
  }

  static IamError invalidInput(String message) {
    return new IamError("InvalidInput", 400, message);
  }

  /** Of a role that a service owns. */
  static IamError unmodifiable(String role) {
    return new IamError(
        "UnmodifiableEntity",
        400,
        "Cannot perform the operation on the protected role '%s' - this role is only modifiable by AWS"
            .formatted(role));
  }

  /**
   * @param value as the message shows it
   * @param member in lower camel case, as the message names it
   */
  static IamError validation(String value, String member, String constraint) {
    return new IamError(
        "ValidationError",
        400,
        "1 validation error detected: Value %s at '%s' failed to satisfy constraint: Member must %s"
            .formatted(value, member, constraint));
  }

  static IamError unknownAction(String action, String version) {
    return new IamError(
        "InvalidAction",
        400,
        "Could not find operation %s for version %s".formatted(action, version));
  }

  static IamError missingAction() {
    return new IamError(
        "MissingAction", 400, "The request is missing the parameter Action, or has several.");
  }

  static IamError accessDenied(String message) {
    return new IamError("AccessDenied", 403, message);
  }

  static IamError truncated() {
    return new IamError("MalformedInput", 400, "The request body ended before it was complete.");
  }

  static IamError tooLarge(int limit) {
    return new IamError(
        "RequestEntityTooLarge", 413, "The request body is larger than %d bytes.".formatted(limit));
  }

  /** The codes of the query protocol differ from those of JSON. */
  static IamError notAuthenticated(Refused refused) {
    return switch (refused.reason()) {
      case MISSING_AUTHENTICATION_TOKEN ->
          new IamError("MissingAuthenticationToken", 403, refused.message());
      case INCOMPLETE_SIGNATURE -> new IamError("IncompleteSignature", 400, refused.message());
      case UNRECOGNIZED_CLIENT -> new IamError("InvalidClientTokenId", 403, refused.message());
      case EXPIRED_TOKEN -> new IamError("ExpiredToken", 403, refused.message());
      case INVALID_SIGNATURE -> new IamError("SignatureDoesNotMatch", 403, refused.message());
    };
  }

  /** Our own fault, of which a client learns nothing more. */
  static IamError serviceFailure() {
    return new IamError(
        "ServiceFailure",
        500,
        "The request processing has failed because of an unknown error, exception or failure.");
  }
}
