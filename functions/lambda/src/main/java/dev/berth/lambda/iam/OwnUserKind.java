package dev.berth.lambda.iam;

import dev.berth.core.authz.Principal;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Users;

/**
 * Users of whom the caller is meant where a request names none (IAM API, {@code UserName} of
 * GetUser and of the actions on access keys).
 */
final class OwnUserKind extends UserKind {

  OwnUserKind(Users users) {
    super(users);
  }

  @Override
  public String name(QueryRequest request) {
    return request.optional("UserName").isPresent()
        ? super.name(request)
        : userName(request.caller());
  }

  private static String userName(Principal caller) {
    if (!caller.arn().contains(":user/")) {
      throw IamErrors.noUser();
    }
    return caller.arn().substring(caller.arn().lastIndexOf('/') + 1);
  }

  /** Whether a request is about the account's root, which has no name. */
  static boolean isOfRoot(QueryRequest request) {
    return request.caller().isRoot() && request.optional("UserName").isEmpty();
  }
}
