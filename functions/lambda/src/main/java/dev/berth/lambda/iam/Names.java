package dev.berth.lambda.iam;

import dev.berth.lambda.query.QueryRequest;
import java.util.regex.Pattern;

/** The names and paths of IAM's things, as its model has them. */
final class Names {

  /** Of users and roles. */
  private static final int LONGEST = 64;

  /** The model lets one be named that cannot be made (existingUserNameType). */
  private static final int LONGEST_EXISTING_USER = 128;

  private static final int LONGEST_POLICY = 128;
  private static final int LONGEST_PATH = 512;
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");
  private static final Pattern PATH = Pattern.compile("/|/[\\x21-\\x7E]+/");
  private static final Pattern PATH_PREFIX = Pattern.compile("/[\\x21-\\x7F]*");

  // without the model's group of segments, whose every repetition would take a place on the stack
  private static final Pattern POLICY_PATH =
      Pattern.compile("(?!.*//)(?:/|/[A-Za-z0-9.,+@=_/-]+/)");

  private Names() {}

  static String user(QueryRequest request) {
    return request.text("UserName", 1, LONGEST_EXISTING_USER, NAME);
  }

  static String newUser(QueryRequest request) {
    return request.text("UserName", 1, LONGEST, NAME);
  }

  static String role(QueryRequest request) {
    return request.text("RoleName", 1, LONGEST, NAME);
  }

  static String policy(QueryRequest request) {
    return request.text("PolicyName", 1, LONGEST_POLICY, NAME);
  }

  /** Of a user or a role that is to be made. */
  static String path(QueryRequest request) {
    return request.optionalText("Path", 1, LONGEST_PATH, PATH).orElse("/");
  }

  static String policyPath(QueryRequest request) {
    return request.optionalText("Path", 1, LONGEST_PATH, POLICY_PATH).orElse("/");
  }

  /** What the paths of the users or roles that are asked for begin with. */
  static String pathPrefix(QueryRequest request) {
    return request.optionalText("PathPrefix", 1, LONGEST_PATH, PATH_PREFIX).orElse("/");
  }

  static String policyPathPrefix(QueryRequest request) {
    return request.optionalText("PathPrefix", 1, LONGEST_PATH, POLICY_PATH).orElse("/");
  }
}
