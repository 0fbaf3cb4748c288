package dev.berth.lambda.iam;

import dev.berth.lambda.query.QueryRequest;
import java.util.List;
import java.util.regex.Pattern;

/** What actions on access keys are told, as IAM's model has it. */
final class KeyParameters {

  static final String ACTIVE = "Active";
  static final String INACTIVE = "Inactive";

  private static final int SHORTEST = 16;
  private static final int LONGEST = 128;
  private static final Pattern ID = Pattern.compile("\\w+");

  private KeyParameters() {}

  static String id(QueryRequest request) {
    return request.text("AccessKeyId", SHORTEST, LONGEST, ID);
  }

  static boolean isToBeActive(QueryRequest request) {
    request.required("Status");
    return request
        .optionalOneOf("Status", List.of(ACTIVE, INACTIVE))
        .filter(ACTIVE::equals)
        .isPresent();
  }

  static String status(boolean active) {
    return active ? ACTIVE : INACTIVE;
  }

  /** A root's key is the deployment's, and is made and changed where that is set up. */
  static void checkNotOfRoot(QueryRequest request) {
    if (OwnUserKind.isOfRoot(request)) {
      throw IamErrors.invalidInput(
          "The access key of the account's root is not managed here: name a user.");
    }
  }
}
