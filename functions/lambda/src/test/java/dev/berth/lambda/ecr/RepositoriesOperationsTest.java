package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.ACCOUNT;
import static dev.berth.lambda.ecr.SdkRegistry.HOST;
import static dev.berth.lambda.ecr.SdkRegistry.assertInvalid;
import static dev.berth.lambda.ecr.SdkRegistry.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.RepositoryName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotEmptyException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** CreateRepository, DescribeRepositories by name, DeleteRepository. */
class RepositoriesOperationsTest {

  private final SdkRegistry registry = new SdkRegistry();
  private final EcrClient ecr = registry.ecr;

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void aRepositoryIsMutableUnscannedAndEncryptedUnlessSaidOtherwise() {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    Repository made = ecr.createRepository(r -> r.repositoryName("team/app")).repository();

    assertThat(made.repositoryArn())
        .isEqualTo("arn:aws:ecr:us-east-1:123456789012:repository/team/app");
    assertThat(made.registryId()).isEqualTo(ACCOUNT);
    assertThat(made.repositoryName()).isEqualTo("team/app");
    assertThat(made.repositoryUri()).isEqualTo(HOST + "/team/app");
    assertThat(made.createdAt()).isBetween(before, Instant.now());
    assertThat(made.imageTagMutability()).isEqualTo(ImageTagMutability.MUTABLE);
    assertThat(made.imageScanningConfiguration().scanOnPush()).isFalse();
    assertThat(made.encryptionConfiguration().encryptionType()).isEqualTo(EncryptionType.AES256);
  }

  @Test
  void aRepositoryIsDescribedAsItWasMade() {
    Repository made =
        ecr.createRepository(
                r ->
                    r.repositoryName("app")
                        .registryId(ACCOUNT)
                        .imageTagMutability(ImageTagMutability.IMMUTABLE)
                        .imageScanningConfiguration(s -> s.scanOnPush(true))
                        .encryptionConfiguration(e -> e.encryptionType(EncryptionType.AES256)))
            .repository();

    assertThat(made.imageTagMutability()).isEqualTo(ImageTagMutability.IMMUTABLE);
    assertThat(made.imageScanningConfiguration().scanOnPush()).isTrue();
    assertThat(describe("app")).isEqualTo(made);
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    registry.create("app");

    assertRefused(
        RepositoryAlreadyExistsException.class,
        "The repository with name 'app' already exists in the registry with id '123456789012'",
        () -> registry.create("app"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"App", "-app", "app-", "a//b", "/app", "a___b", "a..b", "../etc", "a b"})
  void aNameFollowsTheModel(String name) {
    assertInvalid(
        "repositoryName",
        "must satisfy regular expression '%s'".formatted(RepositoryName.PATTERN),
        () -> registry.create(name));
  }

  @Test
  void aNameHasTwoTo256Characters() {
    registry.create("aa");
    registry.create("a".repeat(256));

    assertInvalid(
        "repositoryName",
        "must have length greater than or equal to 2",
        () -> registry.create("a"));
    assertInvalid(
        "repositoryName",
        "must have length less than or equal to 256",
        () -> registry.create("a".repeat(257)));
  }

  @Test
  void aNameIsRequired() {
    assertInvalid("repositoryName", "must not be null", () -> ecr.createRepository(r -> {}));
    assertInvalid("repositoryName", "must not be null", () -> ecr.deleteRepository(r -> {}));
  }

  @Test
  void anotherMutabilityIsRefused() {
    assertInvalid(
        "imageTagMutability",
        "must satisfy enum value set: [MUTABLE, IMMUTABLE]",
        () ->
            ecr.createRepository(
                r ->
                    r.repositoryName("app")
                        .imageTagMutability(ImageTagMutability.IMMUTABLE_WITH_EXCLUSION)));
  }

  @Test
  void repositoriesAreDescribedInTheOrderOfTheirNames() {
    registry.create("one");
    registry.create("two");

    assertThat(ecr.describeRepositories(r -> r.repositoryNames("two", "one", "two")).repositories())
        .extracting(Repository::repositoryName)
        .containsExactly("two", "one");
  }

  @Test
  void ofSeveralNamesTheOneThatIsMissingIsNamed() {
    registry.create("app");

    assertRefused(
        RepositoryNotFoundException.class,
        "The repository with name 'none' does not exist in the registry with id '123456789012'",
        () -> ecr.describeRepositories(r -> r.repositoryNames("app", "none")));
  }

  @Test
  void aDeletedRepositoryIsAnsweredAsItWasAndGone() {
    registry.create("app");
    Repository before = describe("app");

    assertThat(ecr.deleteRepository(r -> r.repositoryName("app")).repository()).isEqualTo(before);
    assertThat(ecr.describeRepositories().repositories()).isEmpty();
    assertRefused(
        RepositoryNotFoundException.class,
        "The repository with name 'app' does not exist in the registry with id '123456789012'",
        () -> ecr.deleteRepository(r -> r.repositoryName("app")));
  }

  @Test
  void aRepositoryWithImagesIsDeletedOnlyByForce() {
    registry.create("app");
    registry.image("app", "one");

    assertRefused(
        RepositoryNotEmptyException.class,
        "The repository with name 'app' in registry with id '123456789012' cannot be deleted"
            + " because it still contains images",
        () -> ecr.deleteRepository(r -> r.repositoryName("app").force(false)));
    ecr.deleteRepository(r -> r.repositoryName("app").force(true));

    registry.create("app");
    assertThat(ecr.listImages(r -> r.repositoryName("app")).imageIds()).isEmpty();
  }

  @Test
  void aRepositoryWhoseImagesAreGoneIsEmpty() {
    registry.create("app");
    registry.image("app", "one", "v1");
    ecr.batchDeleteImage(r -> r.repositoryName("app").imageIds(SdkRegistry.byTag("v1")));

    ecr.deleteRepository(r -> r.repositoryName("app"));

    assertThat(ecr.describeRepositories().repositories()).isEmpty();
  }

  private Repository describe(String name) {
    return ecr.describeRepositories(r -> r.repositoryNames(name)).repositories().getFirst();
  }
}
