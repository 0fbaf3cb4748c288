package dev.berth.lambda.sts;

import dev.berth.lambda.query.QueryError;

/** The errors of STS's model. */
final class StsErrors {

  private StsErrors() {}

  static QueryError validation(String message) {
    return new QueryError("ValidationError", 400, message);
  }

  static QueryError malformedPolicy(String message) {
    return new QueryError("MalformedPolicyDocument", 400, message);
  }

  static QueryError packedPolicyTooLarge(String message) {
    return new QueryError("PackedPolicyTooLarge", 400, message);
  }
}
