package dev.berth.lambda.sts;

import dev.berth.lambda.query.QueryError;
import dev.berth.lambda.query.QueryRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The role that is to be assumed, whether or not there is one.
 *
 * @param account 12 digits
 * @param name without its path
 */
record RoleArn(String arn, String account, String name) {

  private static final Pattern TEXT = Pattern.compile("[\\u0021-\\u007E]+");
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws:iam::(?<account>[0-9]{12}):role/(?:[^*?]*/)?(?<name>[\\w+=,.@-]{1,64})");

  /**
   * @throws QueryError if it is the ARN of nothing that could be a role
   */
  static RoleArn of(QueryRequest request) {
    String arn = request.text("RoleArn", 20, 2048, TEXT);
    Matcher matcher = ARN.matcher(arn);
    if (!matcher.matches()) {
      throw StsErrors.validation("Request ARN is invalid");
    }
    return new RoleArn(arn, matcher.group("account"), matcher.group("name"));
  }
}
