package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.ACCOUNT;
import static dev.berth.lambda.ecr.SdkRegistry.assertInvalid;
import static dev.berth.lambda.ecr.SdkRegistry.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageTagAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.Repository;

/** PutImageTagMutability and PutImageScanningConfiguration (guide, "Editing a repository"). */
class RepositorySettingsTest {

  private final SdkRegistry registry = new SdkRegistry();
  private final EcrClient ecr = registry.ecr;

  @BeforeEach
  void createRepository() {
    registry.create("app");
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void mutabilityIsSetAndLeavesTheOtherSettings() {
    ecr.putImageScanningConfiguration(
        r -> r.repositoryName("app").imageScanningConfiguration(s -> s.scanOnPush(true)));
    Repository before = describe();

    var answer =
        ecr.putImageTagMutability(
            r -> r.repositoryName("app").registryId(ACCOUNT).imageTagMutability("IMMUTABLE"));

    assertThat(answer.registryId()).isEqualTo(ACCOUNT);
    assertThat(answer.repositoryName()).isEqualTo("app");
    assertThat(answer.imageTagMutability()).isEqualTo(ImageTagMutability.IMMUTABLE);
    assertThat(describe())
        .isEqualTo(before.toBuilder().imageTagMutability(ImageTagMutability.IMMUTABLE).build());
  }

  @Test
  void anImmutableTagStaysUntilTagsAreMutableAgain() {
    registry.image("app", "one", "v1");
    set(ImageTagMutability.IMMUTABLE);
    String other = registry.manifest("app", "two");

    assertRefused(
        ImageTagAlreadyExistsException.class,
        "The image tag 'v1' already exists in the 'app' repository and cannot be overwritten"
            + " because the repository is immutable.",
        () -> ecr.putImage(r -> r.repositoryName("app").imageManifest(other).imageTag("v1")));
    set(ImageTagMutability.MUTABLE);
    ecr.putImage(r -> r.repositoryName("app").imageManifest(other).imageTag("v1"));

    assertThat(ecr.listImages(r -> r.repositoryName("app")).imageIds())
        .contains(SdkRegistry.byBoth(SdkRegistry.digest(other), "v1"));
  }

  @Test
  void imagesAreCountedOnWhateverTheSettings() {
    registry.image("app", "one", "v1");
    set(ImageTagMutability.IMMUTABLE);
    registry.image("app", "two", "v2");
    ecr.batchDeleteImage(
        r -> r.repositoryName("app").imageIds(SdkRegistry.byTag("v1"), SdkRegistry.byTag("v2")));

    ecr.deleteRepository(r -> r.repositoryName("app"));

    assertThat(ecr.describeRepositories().repositories()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"immutable", "", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"})
  void anotherMutabilityIsRefused(String value) {
    assertInvalid(
        "imageTagMutability",
        "must satisfy enum value set: [MUTABLE, IMMUTABLE]",
        () -> ecr.putImageTagMutability(r -> r.repositoryName("app").imageTagMutability(value)));
  }

  @Test
  void scanOnPushIsSetAndFalseUnlessSaid() {
    var answer =
        ecr.putImageScanningConfiguration(
            r -> r.repositoryName("app").imageScanningConfiguration(s -> s.scanOnPush(true)));

    assertThat(answer.registryId()).isEqualTo(ACCOUNT);
    assertThat(answer.repositoryName()).isEqualTo("app");
    assertThat(answer.imageScanningConfiguration().scanOnPush()).isTrue();
    assertThat(describe().imageScanningConfiguration().scanOnPush()).isTrue();
    var unsaid =
        ecr.putImageScanningConfiguration(
            r -> r.repositoryName("app").imageScanningConfiguration(s -> {}));
    assertThat(unsaid.imageScanningConfiguration().scanOnPush()).isFalse();
    assertThat(describe().imageScanningConfiguration().scanOnPush()).isFalse();
  }

  @Test
  void aSettingIsRequired() {
    assertInvalid(
        "imageTagMutability",
        "must not be null",
        () -> ecr.putImageTagMutability(r -> r.repositoryName("app")));
    assertInvalid(
        "imageScanningConfiguration",
        "must not be null",
        () -> ecr.putImageScanningConfiguration(r -> r.repositoryName("app")));
  }

  private void set(ImageTagMutability mutability) {
    ecr.putImageTagMutability(r -> r.repositoryName("app").imageTagMutability(mutability));
  }

  private Repository describe() {
    return ecr.describeRepositories(r -> r.repositoryNames("app")).repositories().getFirst();
  }
}
