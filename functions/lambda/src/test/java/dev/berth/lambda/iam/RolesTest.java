package dev.berth.lambda.iam;

import static dev.berth.lambda.iam.SdkIam.READ_ONLY;
import static dev.berth.lambda.iam.SdkIam.assertRefused;
import static dev.berth.lambda.iam.SdkIam.decoded;
import static dev.berth.lambda.iam.SdkIam.trust;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** Roles and who may assume them, as the AWS SDK's iam client sees them. */
class RolesTest {

  private static final String TRUST = trust("arn:aws:iam::123456789012:root");

  private final SdkIam server = new SdkIam();
  private final IamClient iam = server.iam;

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void create(String name) {
    iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(TRUST));
  }

  private Role role(String name) {
    return iam.getRole(r -> r.roleName(name)).role();
  }

  @Test
  void aRoleIsWhatItWasMadeAs() {
    Role made =
        iam.createRole(
                r ->
                    r.roleName("ci")
                        .path("/build/")
                        .description("of <builds> & more")
                        .maxSessionDuration(43_200)
                        .permissionsBoundary(READ_ONLY)
                        .tags(tag("team", "devs"))
                        .assumeRolePolicyDocument(TRUST))
            .role();

    assertThat(made.arn()).isEqualTo("arn:aws:iam::123456789012:role/build/ci");
    assertThat(made.roleId()).matches("AROA[A-Z2-7]{17}");
    assertThat(made.description()).isEqualTo("of <builds> & more");
    assertThat(made.maxSessionDuration()).isEqualTo(43_200);
    assertThat(made.permissionsBoundary().permissionsBoundaryArn()).isEqualTo(READ_ONLY);
    assertThat(made.tags()).hasSize(1);
    assertThat(decoded(made.assumeRolePolicyDocument())).isEqualTo(TRUST);
    assertThat(role("ci")).isEqualTo(made);
    assertThat(iam.listInstanceProfilesForRole(r -> r.roleName("ci")).instanceProfiles()).isEmpty();
  }

  @Test
  void aRoleIsChanged() {
    create("ci");
    assertThat(role("ci").maxSessionDuration()).isEqualTo(3600);
    assertThat(role("ci").description()).isNull();

    iam.updateRole(r -> r.roleName("ci").description("one").maxSessionDuration(7200));
    assertThat(role("ci").maxSessionDuration()).isEqualTo(7200);
    assertThat(role("ci").description()).isEqualTo("one");
    iam.updateRole(r -> r.roleName("ci").maxSessionDuration(3600));
    assertThat(role("ci").description()).isEqualTo("one");
    iam.updateRole(r -> r.roleName("ci"));
    Role described = iam.updateRoleDescription(r -> r.roleName("ci").description("two")).role();
    assertThat(described).isEqualTo(role("ci"));
    assertThat(described.description()).isEqualTo("two");

    String other = trust("999999999999");
    iam.updateAssumeRolePolicy(r -> r.roleName("ci").policyDocument(other));
    assertThat(decoded(role("ci").assumeRolePolicyDocument())).isEqualTo(other);

    iam.tagRole(r -> r.roleName("ci").tags(tag("team", "devs")));
    assertThat(iam.listRoleTags(r -> r.roleName("ci")).tags()).hasSize(1);
    iam.untagRole(r -> r.roleName("ci").tagKeys("team"));
    assertThat(iam.listRoleTags(r -> r.roleName("ci")).tags()).isEmpty();

    iam.putRolePermissionsBoundary(r -> r.roleName("ci").permissionsBoundary(READ_ONLY));
    assertThat(role("ci").permissionsBoundary().permissionsBoundaryArn()).isEqualTo(READ_ONLY);
    iam.deleteRolePermissionsBoundary(r -> r.roleName("ci"));
    assertThat(role("ci").permissionsBoundary()).isNull();
  }

  @Test
  void aRoleWithPoliciesIsNotDeleted() {
    create("ci");
    iam.attachRolePolicy(r -> r.roleName("ci").policyArn(READ_ONLY));

    assertRefused("DeleteConflict", "detach", () -> iam.deleteRole(r -> r.roleName("ci")));
    iam.detachRolePolicy(r -> r.roleName("ci").policyArn(READ_ONLY));
    iam.deleteRole(r -> r.roleName("ci"));

    assertRefused("NoSuchEntity", "The role with name ci cannot be found.", () -> role("ci"));
  }

  @Test
  void rolesAreListedWithThoseOfServices() {
    create("ci");
    server.identities.serviceLinkedRoles().markReplicating(SdkIam.ACCOUNT, "us-east-1");

    assertThat(iam.listRoles().roles())
        .extracting(Role::roleName)
        .containsExactly("AWSServiceRoleForECRReplication", "ci");
    assertThat(iam.listRoles(r -> r.pathPrefix("/aws-service-role/")).roles()).hasSize(1);
    assertRefused("EntityAlreadyExists", "Role with name CI already exists.", () -> create("CI"));
  }

  @Test
  void aTrustPolicyNamesWhomTheAccountHas() {
    iam.createUser(r -> r.userName("alice").path("/team/"));
    String alice = "arn:aws:iam::123456789012:user/team/alice";

    iam.createRole(r -> r.roleName("one").assumeRolePolicyDocument(trust(alice)));
    iam.createRole(
        r ->
            r.roleName("two")
                .assumeRolePolicyDocument(trust("arn:aws:iam::123456789012:role/one")));
    iam.createRole(
        r ->
            r.roleName("three")
                .assumeRolePolicyDocument(trust("arn:aws:iam::999999999999:user/theirs")));

    for (String absent :
        new String[] {
          "arn:aws:iam::123456789012:user/alice",
          "arn:aws:iam::123456789012:user/team/ALICE",
          "arn:aws:iam::123456789012:user/bob",
          "arn:aws:iam::123456789012:role/alice"
        }) {
      String message = "Invalid principal in policy: \"AWS\":\"%s\"".formatted(absent);
      assertRefused(
          "MalformedPolicyDocument",
          message,
          () -> iam.createRole(r -> r.roleName("no").assumeRolePolicyDocument(trust(absent))));
      assertRefused(
          "MalformedPolicyDocument",
          message,
          () -> iam.updateAssumeRolePolicy(r -> r.roleName("one").policyDocument(trust(absent))));
    }
  }

  @Test
  void aTrustPolicyIsOne() {
    create("ci");
    String identityPolicy = SdkIam.ALLOW_ALL;

    assertRefused(
        "MalformedPolicyDocument",
        "Principal",
        () -> iam.createRole(r -> r.roleName("no").assumeRolePolicyDocument(identityPolicy)));
    assertRefused(
        "MalformedPolicyDocument",
        "Principal",
        () -> iam.updateAssumeRolePolicy(r -> r.roleName("ci").policyDocument(identityPolicy)));
    String long2049 =
        TRUST.replace("\"Effect\"", "\"Sid\":\"" + "x".repeat(2049) + "\",\"Effect\"");
    assertRefused(
        "LimitExceeded",
        "Cannot exceed quota for ACLSizePerRole: 2048",
        () -> iam.createRole(r -> r.roleName("no").assumeRolePolicyDocument(long2049)));
    assertRefused("NoSuchEntity", "no", () -> role("no"));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 3599, 43_201, Integer.MAX_VALUE})
  void aSessionLastsAnHourToTwelve(int seconds) {
    assertRefused(
        "ValidationError",
        "'maxSessionDuration'",
        () ->
            iam.createRole(
                r -> r.roleName("ci").assumeRolePolicyDocument(TRUST).maxSessionDuration(seconds)));
  }
}
