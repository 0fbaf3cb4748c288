package dev.berth.lambda.iam;

import static dev.berth.lambda.iam.SdkIam.READ_ONLY;
import static dev.berth.lambda.iam.SdkIam.allow;
import static dev.berth.lambda.iam.SdkIam.assertRefused;
import static dev.berth.lambda.iam.SdkIam.decoded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.policy.ManagedPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.Tag;

/** Managed policies, AWS's and an account's own, as the AWS SDK's iam client sees them. */
class ManagedPoliciesTest {

  private static final String DOCUMENT = allow("ecr:*", "*");

  private final SdkIam server = new SdkIam();
  private final IamClient iam = server.iam;

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String create(String name, String path) {
    return iam.createPolicy(r -> r.policyName(name).path(path).policyDocument(DOCUMENT))
        .policy()
        .arn();
  }

  private Policy policy(String arn) {
    return iam.getPolicy(r -> r.policyArn(arn)).policy();
  }

  @Test
  void aPolicyIsWhatItWasMadeAs() {
    Policy made =
        iam.createPolicy(
                r ->
                    r.policyName("push")
                        .path("/team/")
                        .description("may push")
                        .tags(tag("team", "devs"))
                        .policyDocument(DOCUMENT))
            .policy();

    assertThat(made.arn()).isEqualTo("arn:aws:iam::123456789012:policy/team/push");
    assertThat(made.policyId()).matches("ANPA[A-Z2-7]{17}");
    assertThat(made.policyName()).isEqualTo("push");
    assertThat(made.path()).isEqualTo("/team/");
    assertThat(made.defaultVersionId()).isEqualTo("v1");
    assertThat(made.isAttachable()).isTrue();
    assertThat(made.attachmentCount()).isZero();
    assertThat(made.tags()).hasSize(1);
    assertThat(policy(made.arn())).isEqualTo(made);
    var versions = iam.listPolicyVersions(r -> r.policyArn(made.arn())).versions();
    assertThat(versions).hasSize(1);
    var version =
        iam.getPolicyVersion(r -> r.policyArn(made.arn()).versionId("v1")).policyVersion();
    assertThat(decoded(version.document())).isEqualTo(DOCUMENT);
    assertThat(version.toBuilder().document(null).build()).isEqualTo(versions.getFirst());
    assertRefused(
        "NoSuchEntity",
        "version v2 does not exist",
        () -> iam.getPolicyVersion(r -> r.policyArn(made.arn()).versionId("v2")));
  }

  @ParameterizedTest
  @EnumSource(ManagedPolicy.class)
  void awsPoliciesAreThere(ManagedPolicy managed) {
    Policy policy = policy(managed.arn());

    assertThat(policy.policyName()).isEqualTo(managed.policyName());
    assertThat(policy.policyId()).matches("ANPA[A-Z2-7]{17}");
    var version =
        iam.getPolicyVersion(r -> r.policyArn(managed.arn()).versionId("v1")).policyVersion();
    assertThat(decoded(version.document())).isEqualTo(managed.document().text());
    assertThat(iam.listPolicyVersions(r -> r.policyArn(managed.arn())).versions()).hasSize(1);
    assertRefused("AccessDenied", "AWS", () -> iam.deletePolicy(r -> r.policyArn(managed.arn())));
  }

  @Test
  void aPolicyInUseIsNotDeleted() {
    String attached = create("attached", "/");
    String boundary = create("boundary", "/");
    iam.createUser(r -> r.userName("alice").permissionsBoundary(boundary));
    iam.attachUserPolicy(r -> r.userName("alice").policyArn(attached));

    assertThat(policy(attached).attachmentCount()).isEqualTo(1);
    assertThat(policy(boundary).permissionsBoundaryUsageCount()).isEqualTo(1);
    String message = "Cannot delete a policy attached to entities.";
    assertRefused("DeleteConflict", message, () -> iam.deletePolicy(r -> r.policyArn(attached)));
    assertRefused("DeleteConflict", message, () -> iam.deletePolicy(r -> r.policyArn(boundary)));

    iam.detachUserPolicy(r -> r.userName("alice").policyArn(attached));
    iam.deletePolicy(r -> r.policyArn(attached));

    assertRefused("NoSuchEntity", attached, () -> policy(attached));
    assertRefused("NoSuchEntity", attached, () -> iam.deletePolicy(r -> r.policyArn(attached)));
  }

  @Test
  void policiesAreListedByScopePathAndUse() {
    String one = create("one", "/");
    String two = create("two", "/team/");
    iam.createUser(r -> r.userName("alice").permissionsBoundary(two));
    iam.attachUserPolicy(r -> r.userName("alice").policyArn(one));
    iam.attachUserPolicy(r -> r.userName("alice").policyArn(READ_ONLY));

    assertThat(iam.listPolicies(r -> r.scope(PolicyScopeType.LOCAL)).policies())
        .extracting(Policy::arn)
        .containsExactly(one, two);
    assertThat(iam.listPolicies(r -> r.scope(PolicyScopeType.AWS)).policies())
        .hasSize(ManagedPolicy.values().length + 1)
        .extracting(Policy::arn)
        .contains(READ_ONLY)
        .doesNotContain(one);
    assertThat(iam.listPolicies().policies()).hasSize(ManagedPolicy.values().length + 3);
    assertThat(iam.listPolicies(r -> r.onlyAttached(true)).policies())
        .extracting(Policy::arn)
        .containsExactly(READ_ONLY, one);
    assertThat(iam.listPolicies(r -> r.pathPrefix("/team/")).policies())
        .extracting(Policy::arn)
        .containsExactly(two);
    assertThat(
            iam.listPolicies(r -> r.policyUsageFilter(PolicyUsageType.PERMISSIONS_BOUNDARY))
                .policies())
        .extracting(Policy::arn)
        .containsExactly(two);
    assertThat(
            iam.listPoliciesPaginator(r -> r.maxItems(1)).policies().stream()
                .map(Policy::arn)
                .toList())
        .doesNotHaveDuplicates()
        .hasSize(ManagedPolicy.values().length + 3)
        .endsWith(one, two);
    assertRefused(
        "ValidationError", "[All, AWS, Local]", () -> iam.listPolicies(r -> r.scope("all")));
  }

  @Test
  void aPolicyHas6144CharactersAtMost() {
    String big = allow("ecr:*", "arn:aws:ecr:::" + "x".repeat(6144));

    assertRefused(
        "LimitExceeded",
        "Cannot exceed quota for PolicySize: 6144",
        () -> iam.createPolicy(r -> r.policyName("big").policyDocument(big)));
    create("p", "/");
    assertRefused(
        "EntityAlreadyExists", "A policy called P already exists", () -> create("P", "/a/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "//", "/a", "/a//b/", "/a b/", "/%2e/", "/\u00e9/"})
  void aPathIsOfTheModelsForm(String path) {
    assertRefused("ValidationError", "'path'", () -> create("p", path));
  }

  @Test
  void theSizeOfADescriptionIsTheModels() {
    assertRefused(
        "ValidationError",
        "'description'",
        () ->
            iam.createPolicy(
                r -> r.policyName("p").policyDocument(DOCUMENT).description("x".repeat(1001))));
  }
}
