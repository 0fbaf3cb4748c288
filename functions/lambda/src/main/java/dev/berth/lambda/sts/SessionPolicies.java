package dev.berth.lambda.sts;

import dev.berth.core.policy.ManagedPolicy;
import dev.berth.core.policy.PolicyDocument;
import dev.berth.core.policy.PolicyException;
import dev.berth.core.policy.PolicyReader;
import dev.berth.core.policy.PolicySize;
import dev.berth.lambda.query.QueryError;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.CustomerPolicies;
import dev.berth.registry.identity.CustomerPolicy;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The session policies of a request (IAM User Guide, "Session policies").
 *
 * @param inline the text of the one that is given itself
 * @param arns of managed policies
 */
record SessionPolicies(Optional<String> inline, List<String> arns) {

  /** Managed policies of a session (STS API, AssumeRole). */
  private static final int MOST = 10;

  private static final int SHORTEST_ARN = 20;
  private static final int LONGEST_ARN = 2048;

  /** Of STS's model. */
  private static final Pattern TEXT =
      Pattern.compile(
          "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]+");

  private static final PolicyReader READER = PolicyReader.ofIdentity(PolicySize.SESSION);
  private static final PolicyReader MANAGED = PolicyReader.ofIdentity(PolicySize.MANAGED);

  /**
   * @throws QueryError if they are not as the model has them
   */
  static SessionPolicies of(QueryRequest request) {
    Optional<String> inline = request.optionalText("Policy", 1, PolicySize.SESSION.limit(), TEXT);
    inline.ifPresent(SessionPolicies::check);
    List<String> arns =
        request.members("PolicyArns", MOST).stream()
            .map(policy -> policy.text("arn", SHORTEST_ARN, LONGEST_ARN, TEXT))
            .distinct()
            .toList();
    return new SessionPolicies(inline, arns);
  }

  private static void check(String text) {
    try {
      READER.read(text);
    } catch (PolicyException e) {
      throw StsErrors.malformedPolicy(e.getMessage());
    }
  }

  /**
   * Their texts as they are now: what becomes of a managed policy later does not change a session.
   *
   * @param account of the role, whose managed policies or AWS's they must be
   * @throws QueryError if there is no such managed policy
   */
  List<String> texts(String account, CustomerPolicies policies) {
    return Stream.concat(inline.stream(), arns.stream().map(arn -> text(account, arn, policies)))
        .toList();
  }

  private static String text(String account, String arn, CustomerPolicies policies) {
    return ManagedPolicy.byArn(arn)
        .map(ManagedPolicy::document)
        // ten of them with all the white space that IAM allows would be too long to keep
        .or(() -> policies.find(account, arn).map(CustomerPolicy::text).map(MANAGED::read))
        .map(PolicyDocument::text)
        .orElseThrow(
            () ->
                StsErrors.validation(
                    "Policy %s does not exist or is not attachable.".formatted(arn)));
  }
}
