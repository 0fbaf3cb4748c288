package dev.berth.core.policy;

import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Principal;
import dev.berth.core.policy.condition.RequestContext;

/** Who and what the tests of decisions are about. */
final class Decisions {

  static final String ACCOUNT = "123456789012";
  static final String OTHER = "111122223333";
  static final String APP = repository("app");

  static final Principal ROOT = Principal.root(ACCOUNT, "AKIAEXAMPLE");
  static final Principal ANN = user(ACCOUNT, "ann");
  static final Principal STRANGER = user(OTHER, "ann");
  static final Principal SESSION =
      principal(ACCOUNT, "arn:aws:sts::123456789012:assumed-role/ci/run-1");

  private Decisions() {}

  static Principal user(String account, String name) {
    return principal(account, "arn:aws:iam::%s:user/%s".formatted(account, name));
  }

  static Principal principal(String account, String arn) {
    return new Principal(account, arn, "AIDAEXAMPLE", "AKIAEXAMPLE");
  }

  static String repository(String name) {
    return "arn:aws:ecr:us-east-1:%s:repository/%s".formatted(ACCOUNT, name);
  }

  static Attempt attempt(Principal principal, String action) {
    return new Attempt(principal, action, APP);
  }

  static Attempt attempt(Principal principal, String action, String key, String value) {
    return new Attempt(principal, action, APP, RequestContext.builder().with(key, value).build());
  }

  /**
   * @param statement without its braces
   */
  static PolicyDocument identity(String statement) {
    return PolicyReader.ofIdentity(PolicySize.MANAGED).read(policy(statement));
  }

  static PolicyDocument onRepository(String statement) {
    return PolicyReader.ofRepository().read(policy(statement));
  }

  static PolicyDocument onRegistry(String statement) {
    return PolicyReader.ofRegistry(ACCOUNT, "us-east-1").read(policy(statement));
  }

  private static String policy(String statement) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":{%s}}"
        .formatted(statement.replace('\'', '"'));
  }
}
