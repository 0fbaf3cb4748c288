package dev.berth.lambda.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.sigv4.SigV4Verifier;
import dev.berth.core.sigv4.TestSigner;
import dev.berth.lambda.Authorizers;
import dev.berth.lambda.Throttles;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.handler.ApiFunction;
import dev.berth.lambda.handler.LambdaEdge;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.identity.ServiceLinkedRoles;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeletionTaskStatusType;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusResponse;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.UnmodifiableEntityException;

/** The role for replication as the AWS SDK's iam client sees it. */
class ServiceLinkedRoleTest {

  private static final String ACCOUNT = "123456789012";
  private static final String ROLE = "AWSServiceRoleForECRReplication";
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
      "Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}]}\
      """;

  private final Identities identities = TestIdentities.in(new MemoryTable(), Clock.systemUTC());
  private final ServiceLinkedRoles roles = identities.serviceLinkedRoles();
  private LambdaEdge edge;
  private IamClient iam;

  /** A call that would change the role. */
  private interface Change {
    void on(IamClient iam);
  }

  @BeforeEach
  void start() throws IOException {
    var api =
        new IamApi(
            CallRecorder.none(),
            TestIdentities.actions(identities, Clock.systemUTC()),
            new SigV4Verifier(Clock.systemUTC()),
            identities.keys(),
            Throttles.none(),
            Authorizers.withoutPolicies());
    edge =
        new LambdaEdge(
            new ApiFunction(api, new MemoryObjects(1), new RegistryAddress(ACCOUNT, "eu-west-1")));
    iam = client(TestSigner.KEY.secret());
  }

  private IamClient client(String secret) {
    return IamClient.builder()
        .endpointOverride(edge.uri())
        .region(Region.AWS_GLOBAL)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(TestSigner.KEY.id(), secret)))
        .httpClient(Apache5HttpClient.create())
        .build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @AfterEach
  void stop() {
    iam.close();
    edge.close();
  }

  private Role role() {
    return iam.getRole(r -> r.roleName(ROLE)).role();
  }

  private GetServiceLinkedRoleDeletionStatusResponse delete() {
    String task = iam.deleteServiceLinkedRole(r -> r.roleName(ROLE)).deletionTaskId();
    return iam.getServiceLinkedRoleDeletionStatus(r -> r.deletionTaskId(task));
  }

  @Test
  void theRoleIsTheGuides() throws IOException {
    Instant before = Instant.now().minusSeconds(1);
    roles.markReplicating(ACCOUNT, "eu-west-1");

    Role role = role();

    assertThat(role.path()).isEqualTo("/aws-service-role/replication.ecr.amazonaws.com/");
    assertThat(role.arn())
        .isEqualTo(
            "arn:aws:iam::123456789012:role/aws-service-role/replication.ecr.amazonaws.com/"
                + ROLE);
    assertThat(role.roleId()).matches("AROA[A-Z2-7]{17}");
    assertThat(role.createDate()).isBetween(before, Instant.now());
    assertThat(role.description())
        .isEqualTo("Allows Amazon ECR to replicate images across multiple accounts.");
    assertThat(role.maxSessionDuration()).isEqualTo(3600);
    assertThat(json(role.assumeRolePolicyDocument()))
        .isEqualTo(
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":\
            {"Service":"replication.ecr.amazonaws.com"},"Action":"sts:AssumeRole"}]}\
            """);
  }

  @Test
  void theRoleMayDoWhatTheGuideSays() throws IOException {
    roles.markReplicating(ACCOUNT, "eu-west-1");

    var attached = iam.listAttachedRolePolicies(r -> r.roleName(ROLE)).attachedPolicies();
    assertThat(attached).hasSize(1);
    assertThat(attached.getFirst().policyName()).isEqualTo("ECRReplicationServiceRolePolicy");
    assertThat(iam.listRolePolicies(r -> r.roleName(ROLE)).policyNames()).isEmpty();
    String document =
        iam.getPolicyVersion(r -> r.policyArn(attached.getFirst().policyArn()).versionId("v1"))
            .policyVersion()
            .document();
    assertThat(json(document))
        .isEqualTo(
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":\
            ["ecr:CreateRepository","ecr:ReplicateImage"],"Resource":"*"}]}\
            """);
  }

  private static String json(String encoded) throws IOException {
    String decoded = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    return new ObjectMapper().readTree(decoded).toString();
  }

  static Stream<Named<Change>> changes() {
    String policy = "{}";
    String arn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    return Stream.of(
        Named.of("DeleteRole", iam -> iam.deleteRole(r -> r.roleName(ROLE))),
        Named.of(
            "UpdateRole", iam -> iam.updateRole(r -> r.roleName(ROLE).maxSessionDuration(7200))),
        Named.of(
            "UpdateAssumeRolePolicy",
            iam -> iam.updateAssumeRolePolicy(r -> r.roleName(ROLE).policyDocument(policy))),
        Named.of(
            "PutRolePolicy",
            iam -> iam.putRolePolicy(r -> r.roleName(ROLE).policyName("p").policyDocument(policy))),
        Named.of(
            "DeleteRolePolicy", iam -> iam.deleteRolePolicy(r -> r.roleName(ROLE).policyName("p"))),
        Named.of(
            "AttachRolePolicy", iam -> iam.attachRolePolicy(r -> r.roleName(ROLE).policyArn(arn))),
        Named.of(
            "DetachRolePolicy", iam -> iam.detachRolePolicy(r -> r.roleName(ROLE).policyArn(arn))),
        Named.of(
            "PutRolePermissionsBoundary",
            iam -> iam.putRolePermissionsBoundary(r -> r.roleName(ROLE).permissionsBoundary(arn))),
        Named.of(
            "DeleteRolePermissionsBoundary",
            iam -> iam.deleteRolePermissionsBoundary(r -> r.roleName(ROLE))),
        Named.of("TagRole", iam -> iam.tagRole(r -> r.roleName(ROLE).tags(tag("k", "v")))),
        Named.of("UntagRole", iam -> iam.untagRole(r -> r.roleName(ROLE).tagKeys("k"))));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void theRoleIsNotEdited(Change change) {
    roles.markReplicating(ACCOUNT, "eu-west-1");
    Role before = role();

    assertThatThrownBy(() -> change.on(iam))
        .isInstanceOfSatisfying(
            UnmodifiableEntityException.class,
            refused ->
                assertThat(refused.awsErrorDetails().errorMessage())
                    .isEqualTo(
                        "Cannot perform the operation on the protected role '%s' - this role is only modifiable by AWS"
                            .formatted(ROLE)));
    assertThat(role()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aRoleThatIsNotThereIsNotFound(Change change) {
    assertThatThrownBy(() -> change.on(iam))
        .isInstanceOfSatisfying(
            NoSuchEntityException.class,
            refused -> {
              assertThat(refused.statusCode()).isEqualTo(404);
              assertThat(refused.awsErrorDetails().errorMessage())
                  .isEqualTo("The role with name %s cannot be found.".formatted(ROLE));
            });
  }

  @Test
  void theNameAndThePathAreTheServices() {
    roles.markReplicating(ACCOUNT, "eu-west-1");
    Role before = role();

    for (String name : List.of(ROLE.toLowerCase(Locale.ROOT), ROLE.toUpperCase(Locale.ROOT))) {
      assertRefused("UnmodifiableEntity", () -> iam.deleteRole(r -> r.roleName(name)));
      assertRefused(
          "EntityAlreadyExists",
          () -> iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(TRUST)));
    }
    assertRefused(
        "InvalidInput",
        () ->
            iam.createRole(
                r ->
                    r.roleName("mine")
                        .path("/aws-service-role/replication.ecr.amazonaws.com/")
                        .assumeRolePolicyDocument(TRUST)));
    assertThat(role()).isEqualTo(before);
  }

  @Test
  void theDescriptionAloneIsEdited() {
    roles.markReplicating(ACCOUNT, "eu-west-1");
    Role before = role();

    iam.updateRoleDescription(r -> r.roleName(ROLE).description("replicates <ours> & theirs"));

    assertThat(role())
        .isEqualTo(before.toBuilder().description("replicates <ours> & theirs").build());

    iam.updateRole(r -> r.roleName(ROLE).description("replicates"));

    assertThat(role()).isEqualTo(before.toBuilder().description("replicates").build());
  }

  @Test
  void aRoleInUseIsNotDeleted() {
    roles.markReplicating(ACCOUNT, "eu-west-1");
    roles.markReplicating(ACCOUNT, "us-east-1");

    GetServiceLinkedRoleDeletionStatusResponse status = delete();

    assertThat(status.status()).isEqualTo(DeletionTaskStatusType.FAILED);
    assertThat(status.reason().reason()).contains("eu-west-1, us-east-1");
    assertThat(status.reason().roleUsageList())
        .extracting(usage -> usage.region())
        .containsExactly("eu-west-1", "us-east-1");
    assertThat(status.reason().roleUsageList().getFirst().resources())
        .containsExactly("arn:aws:ecr:eu-west-1:123456789012:repository/*");
    assertThat(role().roleName()).isEqualTo(ROLE);
  }

  @Test
  void aRoleThatNoRegionUsesIsDeleted() {
    roles.markReplicating(ACCOUNT, "eu-west-1");
    roles.unmark(roles.mark(ACCOUNT, "eu-west-1").orElseThrow());

    assertThat(delete().status()).isEqualTo(DeletionTaskStatusType.SUCCEEDED);
    assertThatThrownBy(this::role).isInstanceOf(NoSuchEntityException.class);
    assertThatThrownBy(this::delete).isInstanceOf(NoSuchEntityException.class);
  }

  @Test
  void aDeletionThatNobodyAskedForHasNoStatus() {
    String task =
        "task/aws-service-role/replication.ecr.amazonaws.com/" + ROLE + "/" + UUID.randomUUID();

    assertThatThrownBy(() -> iam.getServiceLinkedRoleDeletionStatus(r -> r.deletionTaskId(task)))
        .isInstanceOf(NoSuchEntityException.class);
    assertThatThrownBy(() -> iam.getServiceLinkedRoleDeletionStatus(r -> r.deletionTaskId("task")))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void namesHaveTheModelsConstraints() {
    assertRefused("ValidationError", () -> iam.getRole(r -> r.roleName("a b")));
    assertRefused("ValidationError", () -> iam.getRole(r -> r.roleName("a".repeat(65))));
    assertRefused("ValidationError", () -> iam.deleteRolePolicy(r -> r.roleName(ROLE)));
    assertRefused("NoSuchEntity", () -> iam.getRole(r -> r.roleName("someone")));
    assertRefused(
        "NoSuchEntity",
        () ->
            iam.getPolicyVersion(
                r -> r.policyArn("arn:aws:iam::aws:policy/ReadOnlyAccess").versionId("v1")));
  }

  @Test
  void anActionThatIsNotBuiltIsUnknown() {
    assertRefused("InvalidAction", () -> iam.listSAMLProviders());
  }

  @Test
  void anotherSecretDoesNotSign() {
    try (IamClient stranger = client("another secret")) {
      assertRefused("SignatureDoesNotMatch", () -> stranger.getRole(r -> r.roleName(ROLE)));
    }
  }

  private static void assertRefused(String code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            IamException.class,
            refused -> assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code));
  }
}
