package dev.berth.lambda.iam;

import static dev.berth.lambda.iam.SdkIam.READ_ONLY;
import static dev.berth.lambda.iam.SdkIam.allow;
import static dev.berth.lambda.iam.SdkIam.assertRefused;
import static dev.berth.lambda.iam.SdkIam.decoded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.policy.ManagedPolicy;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;

/** The policies of users and roles, as the AWS SDK's iam client sees them. */
class EntityPoliciesTest {

  private static final String POLICY = allow("ecr:*", "*");
  private static final String SERVICE_ROLE_POLICY =
      "arn:aws:iam::aws:policy/aws-service-role/ECRReplicationServiceRolePolicy";

  private final SdkIam server = new SdkIam();
  private final IamClient iam = server.iam;

  @BeforeEach
  void someone() {
    iam.createUser(r -> r.userName("alice"));
    iam.createRole(r -> r.roleName("ci").assumeRolePolicyDocument(SdkIam.trust(SdkIam.ACCOUNT)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void putOnAlice(String name, String document) {
    iam.putUserPolicy(r -> r.userName("alice").policyName(name).policyDocument(document));
  }

  /** With white space that does not count. */
  private static String sized(int characters) {
    String policy = allow("ecr:*", "arn:aws:ecr:::");
    String filler = "x".repeat(characters - policy.length());
    return policy.replace(":::", ":::" + filler) + "\n \t".repeat(1000);
  }

  @Test
  void anInlinePolicyOfAUserIsAnsweredAsItWasGiven() {
    String document = POLICY.replace("{", "{ \n").replace("\"*\"", "\"arn:aws:ecr:*:*:a+%2b é\"");
    putOnAlice("p", document);

    var got = iam.getUserPolicy(r -> r.userName("alice").policyName("p"));

    assertThat(decoded(got.policyDocument())).isEqualTo(document);
    assertThat(got.userName()).isEqualTo("alice");
    assertThat(got.policyName()).isEqualTo("p");
    assertThat(iam.listUserPolicies(r -> r.userName("alice")).policyNames()).containsExactly("p");

    putOnAlice("p", POLICY);
    iam.deleteUserPolicy(r -> r.userName("alice").policyName("p"));
    assertThat(iam.listUserPolicies(r -> r.userName("alice")).policyNames()).isEmpty();
    String absent = "The user policy with name p cannot be found.";
    assertRefused(
        "NoSuchEntity", absent, () -> iam.getUserPolicy(r -> r.userName("alice").policyName("p")));
    assertRefused(
        "NoSuchEntity",
        absent,
        () -> iam.deleteUserPolicy(r -> r.userName("alice").policyName("p")));
  }

  @Test
  void anInlinePolicyOfARoleIsLikewise() {
    iam.putRolePolicy(r -> r.roleName("ci").policyName("p").policyDocument(POLICY));

    var got = iam.getRolePolicy(r -> r.roleName("ci").policyName("p"));

    assertThat(decoded(got.policyDocument())).isEqualTo(POLICY);
    assertThat(got.roleName()).isEqualTo("ci");
    assertThat(iam.listRolePolicies(r -> r.roleName("ci")).policyNames()).containsExactly("p");
    iam.deleteRolePolicy(r -> r.roleName("ci").policyName("p"));
    assertRefused(
        "NoSuchEntity",
        "The role policy with name p cannot be found.",
        () -> iam.getRolePolicy(r -> r.roleName("ci").policyName("p")));
  }

  @Test
  void inlinePoliciesAreLimitedTogetherWithoutTheirWhiteSpace() {
    putOnAlice("a", sized(1024));
    putOnAlice("b", sized(1024));
    putOnAlice("b", sized(1024));

    String message = "Maximum policy size of 2048 bytes exceeded for user alice";
    assertRefused("LimitExceeded", message, () -> putOnAlice("b", sized(1025)));
    assertRefused("LimitExceeded", message, () -> putOnAlice("c", POLICY));
    assertRefused("LimitExceeded", message, () -> putOnAlice("a", sized(2049)));
    iam.putRolePolicy(r -> r.roleName("ci").policyName("a").policyDocument(sized(10_240)));
    assertRefused(
        "LimitExceeded",
        "Maximum policy size of 10240 bytes exceeded for role ci",
        () -> iam.putRolePolicy(r -> r.roleName("ci").policyName("b").policyDocument(POLICY)));
  }

  @Test
  void whiteSpaceIsLimitedTooAsItIsKept() {
    String white = POLICY + " ".repeat(131_072 - POLICY.length());
    putOnAlice("a", white);
    putOnAlice("b", white);

    assertRefused("LimitExceeded", "exceeded for user alice", () -> putOnAlice("c", white));
    assertRefused("ValidationError", "131072", () -> putOnAlice("c", white + " "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "\"\"",
        "not JSON",
        "{\"Version\":\"2012-10-17\"}",
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}",
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\"}]}",
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}]}"
      })
  void whatIsNoIdentityPolicyIsMalformed(String document) {
    assertRefused("MalformedPolicyDocument", "", () -> putOnAlice("p", document));
    assertRefused(
        "MalformedPolicyDocument",
        "",
        () -> iam.putRolePolicy(r -> r.roleName("ci").policyName("p").policyDocument(document)));
    assertRefused(
        "MalformedPolicyDocument",
        "",
        () -> iam.createPolicy(r -> r.policyName("p").policyDocument(document)));
    assertThat(iam.listUserPolicies(r -> r.userName("alice")).policyNames()).isEmpty();
  }

  @Test
  void managedPoliciesAreAttachedAndDetached() {
    iam.attachUserPolicy(r -> r.userName("alice").policyArn(READ_ONLY));
    iam.attachUserPolicy(r -> r.userName("alice").policyArn(READ_ONLY));
    iam.attachRolePolicy(r -> r.roleName("ci").policyArn(READ_ONLY));

    AttachedPolicy readOnly =
        AttachedPolicy.builder()
            .policyName("AmazonEC2ContainerRegistryReadOnly")
            .policyArn(READ_ONLY)
            .build();
    assertThat(iam.listAttachedUserPolicies(r -> r.userName("alice")).attachedPolicies())
        .containsExactly(readOnly);
    assertThat(iam.listAttachedRolePolicies(r -> r.roleName("ci")).attachedPolicies())
        .containsExactly(readOnly);
    iam.detachUserPolicy(r -> r.userName("alice").policyArn(READ_ONLY));
    iam.detachRolePolicy(r -> r.roleName("ci").policyArn(READ_ONLY));
    assertThat(iam.listAttachedUserPolicies(r -> r.userName("alice")).attachedPolicies()).isEmpty();
    String absent = "Policy %s was not found.".formatted(READ_ONLY);
    assertRefused(
        "NoSuchEntity",
        absent,
        () -> iam.detachUserPolicy(r -> r.userName("alice").policyArn(READ_ONLY)));
    assertRefused(
        "NoSuchEntity",
        absent,
        () -> iam.detachRolePolicy(r -> r.roleName("ci").policyArn(READ_ONLY)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::aws:policy/none",
        "arn:aws:iam::123456789012:policy/none",
        "arn:aws:iam::999999999999:policy/theirs",
        "arn:aws:iam::123456789012:policy/../AdministratorAccess"
      })
  void aPolicyThatIsNotThereIsNotAttached(String arn) {
    assertRefused(
        "NoSuchEntity",
        "Policy %s does not exist or is not attachable.".formatted(arn),
        () -> iam.attachUserPolicy(r -> r.userName("alice").policyArn(arn)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "longenoughbutnoarnatall",
        "arn:aws:iam::aws:policy/",
        "arn:aws:iam::aws:role/AdministratorAccess",
        "arn:aws:iam::aws:policy/Administrator Access",
        "arn:aws:iam:us-east-1:aws:policy/AdministratorAccess"
      })
  void whatIsNoArnOfAPolicyIsInvalid(String arn) {
    assertRefused(
        "InvalidInput",
        "ARN %s is not valid.".formatted(arn),
        () -> iam.attachRolePolicy(r -> r.roleName("ci").policyArn(arn)));
  }

  @Test
  void theServicesPolicyIsItsRolesAlone() {
    assertRefused(
        "PolicyNotAttachable",
        "Cannot attach a Service Role Policy to a Customer Role.",
        () -> iam.attachRolePolicy(r -> r.roleName("ci").policyArn(SERVICE_ROLE_POLICY)));
  }

  @Test
  void tenPoliciesAreAttachedAtMost() {
    for (int i = 0; i < 7; i++) {
      String name = "p" + i;
      String arn = iam.createPolicy(r -> r.policyName(name).policyDocument(POLICY)).policy().arn();
      iam.attachUserPolicy(r -> r.userName("alice").policyArn(arn));
      iam.attachRolePolicy(r -> r.roleName("ci").policyArn(arn));
    }
    IntStream.range(0, 3)
        .mapToObj(i -> ManagedPolicy.values()[i].arn())
        .forEach(
            arn -> {
              iam.attachUserPolicy(r -> r.userName("alice").policyArn(arn));
              iam.attachRolePolicy(r -> r.roleName("ci").policyArn(arn));
            });
    String last = ManagedPolicy.values()[3].arn();

    assertRefused(
        "LimitExceeded",
        "Cannot exceed quota for PoliciesPerUser: 10",
        () -> iam.attachUserPolicy(r -> r.userName("alice").policyArn(last)));
    assertRefused(
        "LimitExceeded",
        "Cannot exceed quota for PoliciesPerRole: 10",
        () -> iam.attachRolePolicy(r -> r.roleName("ci").policyArn(last)));
  }
}
