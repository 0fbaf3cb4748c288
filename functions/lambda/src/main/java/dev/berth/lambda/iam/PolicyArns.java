package dev.berth.lambda.iam;

import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.ServiceLinkedRole;
import java.util.Optional;
import java.util.regex.Pattern;

/** ARNs of managed policies: {@code arn:aws:iam::123456789012:policy/path/name}. */
final class PolicyArns {

  private static final int SHORTEST = 20;
  private static final int LONGEST = 2048;
  private static final Pattern ANY = Pattern.compile("(?s).*");
  private static final Pattern ARN =
      Pattern.compile("arn:aws:iam::(?:aws|[0-9]{12}):policy/[\\x21-\\x7E]+");

  private PolicyArns() {}

  /**
   * The policy that a parameter names; whether there is one is not known yet.
   *
   * @throws dev.berth.lambda.query.QueryError if it can name none
   */
  static String required(QueryRequest request, String parameter) {
    return check(request.text(parameter, SHORTEST, LONGEST, ANY));
  }

  static Optional<String> optional(QueryRequest request, String parameter) {
    return request.optionalText(parameter, SHORTEST, LONGEST, ANY).map(PolicyArns::check);
  }

  private static String check(String arn) {
    if (!ARN.matcher(arn).matches()) {
      throw IamErrors.invalidArn(arn);
    }
    return arn;
  }

  /** One that a user or a role is to get: not what a service has for its role alone. */
  static String attachable(String arn) {
    if (ServiceLinkedRole.ofPolicy(arn).isPresent()) {
      throw IamErrors.notAttachable();
    }
    return arn;
  }

  static String name(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  /** Begins and ends with {@code /}. */
  static String path(String arn) {
    return arn.substring(arn.indexOf('/'), arn.lastIndexOf('/') + 1);
  }

  /** AWS's own policies are nobody's. */
  static boolean isOfAws(String arn) {
    return arn.startsWith("arn:aws:iam::aws:");
  }
}
