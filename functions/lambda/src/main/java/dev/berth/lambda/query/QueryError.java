package dev.berth.lambda.query;

import dev.berth.core.sigv4.Verification.Refused;
import dev.berth.core.text.Excerpt;

/**
 * An answer of the query protocol that is not a success: the code, the HTTP status and the message
 * of its API's model or of AWS's common errors. Answers, not faults, so without a stack trace.
 */
public final class QueryError extends RuntimeException {

  private final String code;
  private final int status;

  /**
   * @param code as SDKs make an exception of it: {@code NoSuchEntity}
   * @param status 4xx where the request is at fault
   */
  public QueryError(String code, int status, String message) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
  }

  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  /**
   * A parameter that does not meet its constraint.
   *
   * @param value as the message shows it
   * @param member in lower camel case, as the message names it
   */
  public static QueryError validation(String value, String member, String constraint) {
    return new QueryError(
        "ValidationError",
        400,
        "1 validation error detected: Value %s at '%s' failed to satisfy constraint: Member must %s"
            .formatted(value, member, constraint));
  }

  static QueryError unknownAction(String action, String version) {
    return new QueryError(
        "InvalidAction",
        400,
        "Could not find operation %s for version %s"
            .formatted(Excerpt.of(action), Excerpt.of(version)));
  }

  static QueryError missingAction() {
    return new QueryError(
        "MissingAction", 400, "The request is missing the parameter Action, or has several.");
  }

  public static QueryError accessDenied(String message) {
    return new QueryError("AccessDenied", 403, message);
  }

  static QueryError throttled() {
    return new QueryError("Throttling", 400, "Rate exceeded");
  }

  static QueryError truncated() {
    return new QueryError("MalformedInput", 400, "The request body ended before it was complete.");
  }

  static QueryError tooLarge(int limit) {
    return new QueryError(
        "RequestEntityTooLarge", 413, "The request body is larger than %d bytes.".formatted(limit));
  }

  /** The codes of the query protocol differ from those of JSON. */
  static QueryError notAuthenticated(Refused refused) {
    return switch (refused.reason()) {
      case MISSING_AUTHENTICATION_TOKEN ->
          new QueryError("MissingAuthenticationToken", 403, refused.message());
      case INCOMPLETE_SIGNATURE -> new QueryError("IncompleteSignature", 400, refused.message());
      case UNRECOGNIZED_CLIENT -> new QueryError("InvalidClientTokenId", 403, refused.message());
      case EXPIRED_TOKEN -> new QueryError("ExpiredToken", 403, refused.message());
      case INVALID_SIGNATURE -> new QueryError("SignatureDoesNotMatch", 403, refused.message());
    };
  }

  /** Our own fault, of which a client learns nothing more. */
  static QueryError serviceFailure() {
    return new QueryError(
        "ServiceFailure",
        500,
        "The request processing has failed because of an unknown error, exception or failure.");
  }
}
