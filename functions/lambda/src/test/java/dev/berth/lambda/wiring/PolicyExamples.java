package dev.berth.lambda.wiring;

import static dev.berth.lambda.wiring.TestDeployment.ACCOUNT;
import static dev.berth.lambda.wiring.TestDeployment.OTHER;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.oci.Digest;
import dev.berth.core.policy.ManagedPolicy;
import dev.berth.lambda.wiring.TestDeployment.Client;
import org.junit.jupiter.api.BeforeEach;

/** Two repositories of an account, and who and what the tests of policies are about. */
abstract class PolicyExamples {

  static final String LOGIN =
      statements("'Effect':'Allow','Action':'ecr:GetAuthorizationToken','Resource':'*'");
  static final String EVERYTHING = statements("'Effect':'Allow','Action':'*','Resource':'*'");
  static final String READ_ONLY = ManagedPolicy.READ_ONLY.document().text();

  static final String BLOB =
      "/blobs/sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  static final String PULL = "/v2/my-repo/manifests/latest";
  static final String PUSH = "/v2/my-repo/blobs/uploads/";
  static final String NO_IDENTITY = "because no identity-based policy allows the %s action";
  static final String NO_RESOURCE = "because no resource-based policy allows the %s action";
  static final String DENIED = "with an explicit deny in a resource-based policy";

  final TestDeployment deployment = new TestDeployment();
  final Client root = deployment.root(ACCOUNT);
  final Client stranger = deployment.user(OTHER, "puller", READ_ONLY);

  /** Each without its braces. */
  static String statements(String... statements) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{%s}]}"
        .formatted(String.join("},{", statements))
        .replace('\'', '"');
  }

  @BeforeEach
  void aRepository() {
    root.call("CreateRepository", "{'repositoryName':'my-repo'}").is(200);
    root.call("CreateRepository", "{'repositoryName':'another'}").is(200);
  }

  Client user(String name, String... policies) {
    return deployment.user(ACCOUNT, name, policies);
  }

  void set(String... statements) {
    root.set("my-repo", statements(statements)).is(200);
  }

  static void assertDenied(String why, String action, TestDeployment.Answer answer) {
    answer.isDenied(why.formatted("ecr:" + action));
  }

  static String digest(String text) {
    return Digest.sha256(text.getBytes(UTF_8)).toString();
  }

  static String tagged(String name, String key, String value) {
    return ("{'resourceArn':'arn:aws:ecr:us-east-1:123456789012:repository/%s',"
            + "'tags':[{'Key':'%s','Value':'%s'}]}")
        .formatted(name, key, value);
  }
}
