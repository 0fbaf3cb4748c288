package dev.berth.lambda.iam;

import dev.berth.core.text.Excerpt;
import dev.berth.lambda.query.QueryError;
import dev.berth.registry.identity.IdentityException;
import dev.berth.registry.identity.IdentityException.DeleteConflict;
import dev.berth.registry.identity.IdentityException.EntityAlreadyExists;
import dev.berth.registry.identity.IdentityException.LimitExceeded;
import dev.berth.registry.identity.IdentityException.NoSuchEntity;
import dev.berth.registry.identity.IdentityException.PackedPolicyTooLarge;

/** The errors of IAM's model. */
final class IamErrors {

  private IamErrors() {}

  /** What the store refuses, as its model's error. */
  static QueryError of(IdentityException refused) {
    String message = refused.getMessage();
    return switch (refused) {
      case NoSuchEntity _ -> noSuchEntity(message);
      case EntityAlreadyExists _ -> new QueryError("EntityAlreadyExists", 409, message);
      case DeleteConflict _ -> new QueryError("DeleteConflict", 409, message);
      case LimitExceeded _ -> new QueryError("LimitExceeded", 409, message);
      case PackedPolicyTooLarge _ -> new QueryError("PackedPolicyTooLarge", 400, message);
    };
  }

  static QueryError noSuchRole(String name) {
    return noSuchEntity("The role with name %s cannot be found.".formatted(name));
  }

  static QueryError noSuchEntity(String message) {
    return new QueryError("NoSuchEntity", 404, message);
  }

  static QueryError invalidInput(String message) {
    return new QueryError("InvalidInput", 400, message);
  }

  static QueryError malformedPolicy(String message) {
    return new QueryError("MalformedPolicyDocument", 400, message);
  }

  /** Of a policy that only a service-linked role has. */
  static QueryError notAttachable() {
    return new QueryError(
        "PolicyNotAttachable", 400, "Cannot attach a Service Role Policy to a Customer Role.");
  }

  static QueryError invalidArn(String arn) {
    return invalidInput("ARN %s is not valid.".formatted(Excerpt.of(arn)));
  }

  /** Of a role that a service owns. */
  static QueryError unmodifiable(String role) {
    return new QueryError(
        "UnmodifiableEntity",
        400,
        "Cannot perform the operation on the protected role '%s' - this role is only modifiable by AWS"
            .formatted(role));
  }

  /** Of who is no user and names none. */
  static QueryError noUser() {
    return new QueryError(
        "ValidationError", 400, "Must specify userName when calling with non-User credentials");
  }
}
