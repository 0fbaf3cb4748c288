package dev.berth.lambda.iam;

import dev.berth.lambda.query.QueryError;

/** The errors of IAM's model. */
final class IamErrors {

  private IamErrors() {}

  static QueryError noSuchRole(String name) {
    return noSuchEntity("The role with name %s cannot be found.".formatted(name));
  }

  static QueryError noSuchEntity(String message) {
    return new QueryError("NoSuchEntity", 404, message);
  }

  static QueryError invalidInput(String message) {
    return new QueryError("InvalidInput", 400, message);
  }

  /** Of a role that a service owns. */
  static QueryError unmodifiable(String role) {
    return new QueryError(
        "UnmodifiableEntity",
        400,
        "Cannot perform the operation on the protected role '%s' - this role is only modifiable by AWS"
            .formatted(role));
  }
}
