package dev.berth.lambda.iam;

import dev.berth.lambda.query.QueryRequest;
import java.util.regex.Pattern;

/** The names of IAM's things, as its model has them. */
final class Names {

  private static final int LONGEST_ROLE = 64;
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");

  private Names() {}

  static String role(QueryRequest request) {
    return request.text("RoleName", 1, LONGEST_ROLE, NAME);
  }
}
