package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.MISSING;
import static dev.berth.lambda.ecr.SdkRegistry.assertCode;
import static dev.berth.lambda.ecr.SdkRegistry.assertInvalid;
import static dev.berth.lambda.ecr.SdkRegistry.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** What holds for all the operations on a repository alike. */
class EveryOperationTest {

  private static final ImageIdentifier ID = SdkRegistry.byTag("v1");

  /** Calls an operation on a repository of a registry; the caller's own one where it is null. */
  private interface Call {
    void on(EcrClient ecr, String registryId, String name);
  }

  private final SdkRegistry registry = new SdkRegistry();

  @AfterEach
  void close() {
    registry.close();
  }

  static Stream<Named<Call>> all() {
    return Stream.concat(
        inARepository(),
        Stream.of(
            Named.<Call>of(
                "CreateRepository",
                (ecr, id, name) ->
                    ecr.createRepository(r -> r.registryId(id).repositoryName(name)))));
  }

  static Stream<Named<Call>> inARepository() {
    return Stream.of(
        Named.of(
            "DescribeRepositories",
            (ecr, id, name) ->
                ecr.describeRepositories(r -> r.registryId(id).repositoryNames(name))),
        Named.of(
            "DeleteRepository",
            (ecr, id, name) -> ecr.deleteRepository(r -> r.registryId(id).repositoryName(name))),
        Named.of(
            "PutImageTagMutability",
            (ecr, id, name) ->
                ecr.putImageTagMutability(
                    r -> r.registryId(id).repositoryName(name).imageTagMutability("IMMUTABLE"))),
        Named.of(
            "PutImageScanningConfiguration",
            (ecr, id, name) ->
                ecr.putImageScanningConfiguration(
                    r ->
                        r.registryId(id)
                            .repositoryName(name)
                            .imageScanningConfiguration(s -> s.scanOnPush(true)))),
        Named.of(
            "BatchCheckLayerAvailability",
            (ecr, id, name) ->
                ecr.batchCheckLayerAvailability(
                    r -> r.registryId(id).repositoryName(name).layerDigests(MISSING))),
        Named.of(
            "InitiateLayerUpload",
            (ecr, id, name) -> ecr.initiateLayerUpload(r -> r.registryId(id).repositoryName(name))),
        Named.of(
            "UploadLayerPart",
            (ecr, id, name) ->
                ecr.uploadLayerPart(
                    r ->
                        r.registryId(id)
                            .repositoryName(name)
                            .uploadId(UUID.randomUUID().toString())
                            .partFirstByte(0L)
                            .partLastByte(0L)
                            .layerPartBlob(SdkBytes.fromByteArray(new byte[1])))),
        Named.of(
            "CompleteLayerUpload",
            (ecr, id, name) ->
                ecr.completeLayerUpload(
                    r ->
                        r.registryId(id)
                            .repositoryName(name)
                            .uploadId(UUID.randomUUID().toString())
                            .layerDigests(MISSING))),
        Named.of(
            "GetDownloadUrlForLayer",
            (ecr, id, name) ->
                ecr.getDownloadUrlForLayer(
                    r -> r.registryId(id).repositoryName(name).layerDigest(MISSING))),
        Named.of(
            "PutImage",
            (ecr, id, name) ->
                ecr.putImage(
                    r ->
                        r.registryId(id)
                            .repositoryName(name)
                            .imageManifest("{\"schemaVersion\":2,\"manifests\":[]}"))),
        Named.of(
            "BatchGetImage",
            (ecr, id, name) ->
                ecr.batchGetImage(r -> r.registryId(id).repositoryName(name).imageIds(ID))),
        Named.of(
            "ListImages",
            (ecr, id, name) -> ecr.listImages(r -> r.registryId(id).repositoryName(name))),
        Named.of(
            "DescribeImages",
            (ecr, id, name) -> ecr.describeImages(r -> r.registryId(id).repositoryName(name))),
        Named.of(
            "DescribeImages of some",
            (ecr, id, name) ->
                ecr.describeImages(r -> r.registryId(id).repositoryName(name).imageIds(ID))),
        Named.of(
            "StartImageScan",
            (ecr, id, name) ->
                ecr.startImageScan(r -> r.registryId(id).repositoryName(name).imageId(ID))),
        Named.of(
            "DescribeImageScanFindings",
            (ecr, id, name) ->
                ecr.describeImageScanFindings(
                    r -> r.registryId(id).repositoryName(name).imageId(ID))),
        Named.of(
            "BatchDeleteImage",
            (ecr, id, name) ->
                ecr.batchDeleteImage(r -> r.registryId(id).repositoryName(name).imageIds(ID))),
        Named.of(
            "SetRepositoryPolicy",
            (ecr, id, name) ->
                ecr.setRepositoryPolicy(
                    r ->
                        r.registryId(id)
                            .repositoryName(name)
                            .policyText(RepositoryPolicyOperationsTest.PULL))),
        Named.of(
            "GetRepositoryPolicy",
            (ecr, id, name) -> ecr.getRepositoryPolicy(r -> r.registryId(id).repositoryName(name))),
        Named.of(
            "DeleteRepositoryPolicy",
            (ecr, id, name) ->
                ecr.deleteRepositoryPolicy(r -> r.registryId(id).repositoryName(name))),
        Named.of(
            "PutLifecyclePolicy",
            (ecr, id, name) ->
                ecr.putLifecyclePolicy(
                    r ->
                        r.registryId(id)
                            .repositoryName(name)
                            .lifecyclePolicyText(LifecyclePolicyOperationsTest.KEEP_ONE))),
        Named.of(
            "GetLifecyclePolicy",
            (ecr, id, name) -> ecr.getLifecyclePolicy(r -> r.registryId(id).repositoryName(name))),
        Named.of(
            "DeleteLifecyclePolicy",
            (ecr, id, name) ->
                ecr.deleteLifecyclePolicy(r -> r.registryId(id).repositoryName(name))),
        Named.of(
            "StartLifecyclePolicyPreview",
            (ecr, id, name) ->
                ecr.startLifecyclePolicyPreview(r -> r.registryId(id).repositoryName(name))),
        Named.of(
            "StartLifecyclePolicyPreview of a policy",
            (ecr, id, name) ->
                ecr.startLifecyclePolicyPreview(
                    r ->
                        r.registryId(id)
                            .repositoryName(name)
                            .lifecyclePolicyText(LifecyclePolicyOperationsTest.KEEP_ONE))),
        Named.of(
            "GetLifecyclePolicyPreview",
            (ecr, id, name) ->
                ecr.getLifecyclePolicyPreview(r -> r.registryId(id).repositoryName(name))),
        Named.of(
            "DescribeImageReplicationStatus",
            (ecr, id, name) ->
                ecr.describeImageReplicationStatus(
                    r -> r.registryId(id).repositoryName(name).imageId(ID))));
  }

  @ParameterizedTest
  @MethodSource("inARepository")
  void aRepositoryThatIsNotThereIsNotFound(Call call) {
    assertRefused(
        RepositoryNotFoundException.class,
        "The repository with name 'none' does not exist in the registry with id '123456789012'",
        () -> call.on(registry.ecr, null, "none"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theRegistryOfAnotherAccountIsClosed(Call call) {
    assertCode("AccessDeniedException", () -> call.on(registry.ecr, "999999999999", "team/app"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aRegistrysIdIsTwelveDigits(Call call) {
    assertInvalid(
        "registryId",
        "must satisfy regular expression '[0-9]{12}'",
        () -> call.on(registry.ecr, "12345678901", "team/app"));
  }

  @Test
  void aRefusalSaysWhoMayNotDoWhatToWhat() {
    assertRefused(
        EcrException.class,
        "User: arn:aws:iam::123456789012:root is not authorized to perform: ecr:ListImages on"
            + " resource: arn:aws:ecr:us-east-1:999999999999:repository/app because no"
            + " resource-based policy allows the ecr:ListImages action",
        () -> registry.ecr.listImages(r -> r.registryId("999999999999").repositoryName("app")));
  }

  @Test
  void theListingOfAnotherRegistryIsClosed() {
    assertCode(
        "AccessDeniedException",
        () -> registry.ecr.describeRepositories(r -> r.registryId("999999999999")));
  }

  @Test
  void anAuthorizationTokenIsForTheCallersRegistry() {
    assertThat(registry.ecr.getAuthorizationToken().authorizationData())
        .singleElement()
        .satisfies(
            data -> {
              assertThat(data.proxyEndpoint()).isEqualTo("https://" + SdkRegistry.HOST);
              assertThat(data.authorizationToken()).isNotEmpty();
            });
  }

  @Test
  void anOperationThatIsNotBuiltIsUnknown() {
    assertCode(
        "UnknownOperationException", () -> registry.ecr.describePullThroughCacheRules(r -> {}));
  }

  @Test
  void listsHaveTheModelsBounds() {
    registry.create("app");
    List<ImageIdentifier> tooMany =
        Stream.iterate(0, i -> i + 1).limit(101).map(i -> SdkRegistry.byTag("v" + i)).toList();

    assertInvalid(
        "imageIds",
        "must have length less than or equal to 100",
        () -> registry.ecr.batchGetImage(r -> r.repositoryName("app").imageIds(tooMany)));
    assertInvalid(
        "imageIds",
        "must have length greater than or equal to 1",
        () -> registry.ecr.batchDeleteImage(r -> r.repositoryName("app").imageIds(List.of())));
    assertThat(
            registry
                .ecr
                .batchGetImage(r -> r.repositoryName("app").imageIds(tooMany.subList(0, 100)))
                .failures())
        .hasSize(100);
  }
}
