package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.ACCOUNT;
import static dev.berth.lambda.ecr.SdkRegistry.assertInvalid;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.registry.encryption.KeyArn;
import dev.berth.registry.encryption.MemoryKeys;
import dev.berth.registry.image.Registry;
import dev.berth.registry.store.ObjectEncryption;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EncryptionConfiguration;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.KmsException;
import software.amazon.awssdk.services.ecr.model.Repository;

/** Repositories with a key of KMS: what is answered, and how what they hold is written. */
class EncryptionOperationsTest {

  private final SdkRegistry registry = new SdkRegistry();
  private final EcrClient ecr = registry.ecr;
  private final KeyArn key = registry.keys.create(ACCOUNT, "alias/team");

  @AfterEach
  void close() {
    registry.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"alias", "id", "arn"})
  void aKeyIsShownByItsArnHoweverItIsNamed(String form) {
    String name =
        switch (form) {
          case "alias" -> "alias/team";
          case "id" -> key.keyId();
          default -> key.toString();
        };

    Repository made = create("app", name);

    assertThat(made.encryptionConfiguration())
        .isEqualTo(
            EncryptionConfiguration.builder()
                .encryptionType(EncryptionType.KMS)
                .kmsKey(key.toString())
                .build());
    assertThat(ecr.describeRepositories(r -> r.repositoryNames("app")).repositories())
        .containsExactly(made);
  }

  @Test
  void withoutAKeyItIsTheDefaultOneWhichIsMadeOnItsFirstUse() {
    String first = kmsWithoutKey("app");

    assertThat(kmsWithoutKey("other")).isEqualTo(first);
    assertThat(registry.keys.describe(ACCOUNT, MemoryKeys.DEFAULT)).hasToString(first);
  }

  private String kmsWithoutKey(String repository) {
    return ecr.createRepository(
            r ->
                r.repositoryName(repository)
                    .encryptionConfiguration(e -> e.encryptionType(EncryptionType.KMS)))
        .repository()
        .encryptionConfiguration()
        .kmsKey();
  }

  @Test
  void aKeyThatIsNotThereIsRefusedAndNothingIsMade() {
    assertKmsError(
        "NotFoundException", "Key 'alias/none' does not exist", () -> create("app", "alias/none"));

    assertThat(ecr.describeRepositories().repositories()).isEmpty();
    assertThat(registry.keys.grants()).isEmpty();
  }

  @Test
  void aDisabledKeyMakesNoRepository() {
    registry.keys.disable(key);

    assertDisabled(() -> create("app", "alias/team"));
  }

  @Test
  void aKeyFollowsTheModel() {
    String member = "encryptionConfiguration.kmsKey";
    assertInvalid(member, "must have length greater than or equal to 1", () -> create("app", ""));
    assertInvalid(
        member,
        "must have length less than or equal to 2048",
        () -> create("app", "k".repeat(2049)));
    assertInvalid(
        member,
        "must be null unless encryptionType is KMS",
        () ->
            ecr.createRepository(
                r ->
                    r.repositoryName("app")
                        .encryptionConfiguration(
                            e -> e.encryptionType(EncryptionType.AES256).kmsKey("alias/team"))));
  }

  @Test
  void theTypeIsOneOfTheGuides() {
    assertInvalid(
        "encryptionConfiguration.encryptionType",
        "must satisfy enum value set: [AES256, KMS]",
        () ->
            ecr.createRepository(
                r ->
                    r.repositoryName("app")
                        .encryptionConfiguration(e -> e.encryptionType(EncryptionType.KMS_DSSE))));
    assertInvalid(
        "encryptionConfiguration.encryptionType",
        "must not be null",
        () ->
            ecr.createRepository(
                r -> r.repositoryName("app").encryptionConfiguration(e -> e.kmsKey("alias/team"))));
  }

  @Test
  void layersAndManifestsAreWrittenWithTheKey() {
    create("app", "alias/team");
    Digest digest = registry.image("app", "one", "v1");

    var kms =
        new ObjectEncryption.Kms(
            key.toString(), "arn:aws:ecr:us-east-1:123456789012:repository/app");
    assertThat(registry.objects.keys())
        .hasSize(3)
        .allSatisfy(name -> assertThat(registry.objects.encryption(name)).isEqualTo(kms));
    assertThat(manifests("app"))
        .extracting(image -> image.imageId().imageDigest())
        .containsExactly(digest.toString());
  }

  @Test
  void withoutAKeyAManifestTakesNoObject() {
    registry.create("app");
    registry.image("app", "one", "v1");

    assertThat(registry.objects.keys())
        .hasSize(2)
        .allSatisfy(
            name ->
                assertThat(registry.objects.encryption(name)).isEqualTo(ObjectEncryption.STANDARD));
  }

  @Test
  void onlyRepositoriesOfTheSameKeyShareBytes() {
    registry.keys.create(ACCOUNT, "alias/other");
    create("app", "alias/team");
    create("same", "alias/team");
    create("other", "alias/other");
    registry.create("plain");

    for (String repository : List.of("app", "same", "other", "plain")) {
      registry.layer(repository, "shared");
    }

    assertThat(registry.objects.keys()).hasSize(3);
  }

  @Test
  void aDisabledKeyStopsAPushAtEachStepUntilItIsEnabled() {
    create("app", "alias/team");
    Digest layer = registry.layer("app", "layer");
    String manifest = SdkRegistry.manifestOf(1000, layer);
    byte[] part = "p".repeat(600).getBytes(UTF_8);
    String begun = registry.upload("app", part);
    registry.part("app", begun, 600, part);

    registry.keys.disable(key);

    assertDisabled(() -> ecr.initiateLayerUpload(r -> r.repositoryName("app")));
    assertDisabled(() -> registry.part("app", begun, 1200, part));
    Digest whole = Digest.sha256("p".repeat(1200).getBytes(UTF_8));
    assertDisabled(() -> registry.complete("app", begun, whole));
    assertDisabled(() -> ecr.putImage(r -> r.repositoryName("app").imageManifest(manifest)));

    registry.keys.enable(key);

    assertThat(registry.complete("app", begun, whole)).isEqualTo(whole.toString());
    ecr.putImage(r -> r.repositoryName("app").imageManifest(manifest));
  }

  @Test
  void anImageWhoseKeyIsDisabledFailsOnItsOwn() {
    create("app", "alias/team");
    registry.image("app", "one", "v1");
    registry.keys.disable(key);

    var answer = ecr.batchGetImage(r -> r.repositoryName("app").imageIds(SdkRegistry.byTag("v1")));

    assertThat(answer.images()).isEmpty();
    assertThat(answer.failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.failureCode()).isEqualTo(ImageFailureCode.KMS_ERROR);
              assertThat(failure.failureReason()).contains(key.toString());
            });
    registry.keys.enable(key);
    assertThat(manifests("app")).hasSize(1);
  }

  @Test
  void anImageIsDeletedWhateverBecameOfItsKey() {
    create("app", "alias/team");
    Digest digest = registry.image("app", "one", "v1");
    registry.keys.disable(key);

    var answer =
        ecr.batchDeleteImage(r -> r.repositoryName("app").imageIds(SdkRegistry.byTag("v1")));

    assertThat(answer.failures()).isEmpty();
    assertThat(answer.imageIds())
        .extracting(ImageIdentifier::imageDigest)
        .containsExactly(digest.toString());
    assertThat(registry.objects.keys()).noneMatch(name -> name.startsWith("manifests/"));
  }

  @Test
  void anIndexIsDeletedWhateverBecameOfItsKey() {
    create("app", "alias/team");
    Digest child = registry.image("app", "one", "v1");
    String index = Registry.index(child);
    ecr.putImage(r -> r.repositoryName("app").imageManifest(index).imageTag("index"));
    registry.keys.disable(key);

    var answer =
        ecr.batchDeleteImage(
            r -> r.repositoryName("app").imageIds(byDigest(index), SdkRegistry.byTag("v1")));

    assertThat(answer.failures()).isEmpty();
    assertThat(ecr.describeImages(r -> r.repositoryName("app")).imageDetails()).isEmpty();
  }

  private static ImageIdentifier byDigest(String manifest) {
    return ImageIdentifier.builder()
        .imageDigest(Digest.sha256(manifest.getBytes(UTF_8)).toString())
        .build();
  }

  @Test
  void aRepositoryIsDeletedWhateverBecameOfItsKey() {
    create("app", "alias/team");
    registry.image("app", "one", "v1");
    registry.keys.disable(key);

    ecr.deleteRepository(r -> r.repositoryName("app").force(true));
    registry.services.sweeper().run();

    assertThat(registry.keys.grants()).isEmpty();
    assertThat(registry.objects.keys()).noneMatch(name -> name.startsWith("manifests/"));
  }

  private List<Image> manifests(String repository) {
    var answer =
        ecr.batchGetImage(r -> r.repositoryName(repository).imageIds(SdkRegistry.byTag("v1")));
    assertThat(answer.failures()).extracting(ImageFailure::failureCode).isEmpty();
    return answer.images();
  }

  private Repository create(String repository, String kmsKey) {
    return ecr.createRepository(
            r ->
                r.repositoryName(repository)
                    .encryptionConfiguration(
                        e -> e.encryptionType(EncryptionType.KMS).kmsKey(kmsKey)))
        .repository();
  }

  private void assertDisabled(ThrowingCallable call) {
    assertKmsError("DisabledException", key + " is disabled.", call);
  }

  private static void assertKmsError(String error, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KmsException.class,
            refused -> {
              assertThat(refused.kmsError()).isEqualTo(error);
              assertThat(refused.statusCode()).isEqualTo(400);
              assertThat(refused.awsErrorDetails().errorMessage())
                  .isEqualTo("The operation failed due to a KMS exception: " + message);
            });
  }
}
