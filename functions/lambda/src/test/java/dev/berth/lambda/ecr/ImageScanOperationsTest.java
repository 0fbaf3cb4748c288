package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.ACCOUNT;
import static dev.berth.lambda.ecr.SdkRegistry.MISSING;
import static dev.berth.lambda.ecr.SdkRegistry.assertInvalid;
import static dev.berth.lambda.ecr.SdkRegistry.assertRefused;
import static dev.berth.lambda.ecr.SdkRegistry.byBoth;
import static dev.berth.lambda.ecr.SdkRegistry.byDigest;
import static dev.berth.lambda.ecr.SdkRegistry.byTag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.registry.image.Registry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.ImageScanStatus;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.LimitExceededException;
import software.amazon.awssdk.services.ecr.model.ScanNotFoundException;
import software.amazon.awssdk.services.ecr.model.ScanStatus;
import software.amazon.awssdk.services.ecr.model.StartImageScanResponse;
import software.amazon.awssdk.services.ecr.model.UnsupportedImageTypeException;

/** StartImageScan and DescribeImageScanFindings (guide, "Image scanning"). */
class ImageScanOperationsTest {

  private static final ImageScanStatus NO_SCANNER =
      ImageScanStatus.builder()
          .status(ScanStatus.FAILED)
          .description("This deployment of the registry has no image scanner.")
          .build();

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
  void aScanFailsAtOnceAndSaysWhy() {
    Digest image = registry.image("app", "one", "v1");

    StartImageScanResponse started = start(byTag("v1"));

    assertThat(started.registryId()).isEqualTo(ACCOUNT);
    assertThat(started.repositoryName()).isEqualTo("app");
    assertThat(started.imageId()).isEqualTo(byBoth(image, "v1"));
    assertThat(started.imageScanStatus()).isEqualTo(NO_SCANNER);
    DescribeImageScanFindingsResponse found = findings(byDigest(image));
    assertThat(found.registryId()).isEqualTo(ACCOUNT);
    assertThat(found.repositoryName()).isEqualTo("app");
    assertThat(found.imageId()).isEqualTo(byDigest(image));
    assertThat(found.imageScanStatus()).isEqualTo(NO_SCANNER);
    assertThat(found.imageScanFindings().findings()).isEmpty();
    assertThat(found.imageScanFindings().imageScanCompletedAt()).isNull();
    assertThat(found.nextToken()).isNull();
    assertThat(findings(byTag("v1")).imageId()).isEqualTo(byBoth(image, "v1"));
  }

  @Test
  void theStatusOfItsScanIsPartOfWhatIsKnownOfAnImage() {
    Digest one = registry.image("app", "one", "v1");
    registry.image("app", "two", "v2");
    start(byDigest(one));

    assertThat(ecr.describeImages(r -> r.repositoryName("app")).imageDetails())
        .extracting(ImageDetail::imageScanStatus)
        .containsExactlyInAnyOrder(NO_SCANNER, null);
  }

  @Test
  void theSdksWaiterEndsWithTheScan() {
    registry.image("app", "one", "v1");
    start(byTag("v1"));

    try (var waiter = ecr.waiter()) {
      assertThatThrownBy(
              () ->
                  waiter.waitUntilImageScanComplete(
                      r -> r.repositoryName("app").imageId(byTag("v1"))))
          .isInstanceOf(SdkClientException.class)
          .hasMessageContaining("failure state");
    }
  }

  @Test
  void anImageIsScannedOnceADay() {
    registry.image("app", "one", "v1", "v2");
    start(byTag("v1"));

    assertRefused(
        LimitExceededException.class,
        "The scan quota per image has been exceeded. Wait and try again.",
        () -> start(byTag("v2")));
  }

  @Test
  void whatIsNoContainerImageCannotBeScanned() {
    Digest image = registry.image("app", "one", "v1");
    put(Registry.index(image), "index");
    put(
        Registry.manifest(
                registry.layer("app", "chart's config"), registry.layer("app", "chart"), "")
            .replace(MediaTypes.OCI_CONFIG, "application/vnd.cncf.helm.config.v1+json"),
        "chart");

    assertRefused(
        UnsupportedImageTypeException.class,
        "An artifact with media type 'application/vnd.oci.image.index.v1+json' cannot be scanned."
            + " For more information, see the Amazon ECR documentation.",
        () -> start(byTag("index")));
    assertRefused(
        UnsupportedImageTypeException.class,
        "An artifact with media type 'application/vnd.cncf.helm.config.v1+json' cannot be scanned."
            + " For more information, see the Amazon ECR documentation.",
        () -> start(byTag("chart")));
  }

  @Test
  void anImageThatWasNeverScannedHasNoFindings() {
    Digest image = registry.image("app", "one", "v1");

    assertScanNotFound("null", "v1", byTag("v1"));
    assertScanNotFound(image.toString(), "null", byDigest(image));
    assertScanNotFound(image.toString(), "v1", byBoth(image, "v1"));
  }

  private void assertScanNotFound(String digest, String tag, ImageIdentifier id) {
    assertRefused(
        ScanNotFoundException.class,
        "Image scan does not exist for the image with '{imageDigest:'%s', imageTag:'%s'}' in the repository with name 'app' in the registry with id '123456789012'"
            .formatted(digest, tag),
        () -> findings(id));
  }

  @Test
  void anImageThatIsNotThereIsNamed() {
    Digest image = registry.image("app", "one", "v1");

    assertNotFound("null", "none", byTag("none"));
    assertNotFound(MISSING, "null", byDigest(MISSING));
    assertNotFound(MISSING, "v1", byBoth(MISSING, "v1"));
    assertNotFound(image.toString(), "none", byBoth(image, "none"));
  }

  private void assertNotFound(String digest, String tag, ImageIdentifier id) {
    String message =
        "The image with imageId {imageDigest:'%s', imageTag:'%s'} does not exist within the repository with name 'app' in the registry with id '123456789012'"
            .formatted(digest, tag);
    assertRefused(ImageNotFoundException.class, message, () -> start(id));
    assertRefused(ImageNotFoundException.class, message, () -> findings(id));
  }

  @Test
  void anImageIsNamedByTagOrDigest() {
    ImageIdentifier nothing = ImageIdentifier.builder().build();
    String message = "Invalid request parameters: both tag and digest cannot be null";

    assertRefused(InvalidParameterException.class, message, () -> start(nothing));
    assertRefused(InvalidParameterException.class, message, () -> findings(nothing));
    for (ImageIdentifier malformed : List.of(byTag("a b"), byDigest("sha256:1"))) {
      assertThatThrownBy(() -> start(malformed)).isInstanceOf(InvalidParameterException.class);
      assertThatThrownBy(() -> findings(malformed)).isInstanceOf(InvalidParameterException.class);
    }
    assertInvalid("imageId", "must not be null", () -> start(null));
    assertInvalid("imageId", "must not be null", () -> findings(null));
  }

  @Test
  void findingsComeInPagesOfOneToAThousand() {
    registry.image("app", "one", "v1");
    start(byTag("v1"));

    for (int size : new int[] {1, 1000}) {
      assertThat(
              ecr
                  .describeImageScanFindingsPaginator(
                      r -> r.repositoryName("app").imageId(byTag("v1")).maxResults(size))
                  .stream())
          .hasSize(1);
    }
    for (int size : new int[] {0, 1001}) {
      assertThatThrownBy(
              () ->
                  ecr.describeImageScanFindings(
                      r -> r.repositoryName("app").imageId(byTag("v1")).maxResults(size)))
          .isInstanceOf(InvalidParameterException.class)
          .hasMessageContaining("maxResults");
    }
    assertInvalid(
        "nextToken",
        "must be a token that a call with the same parameters returned",
        () ->
            ecr.describeImageScanFindings(
                r -> r.repositoryName("app").imageId(byTag("v1")).nextToken("x")));
  }

  @Test
  void aPushIsAScanWhereTheRepositorySaysSo() {
    ecr.putImageScanningConfiguration(
        r -> r.repositoryName("app").imageScanningConfiguration(s -> s.scanOnPush(true)));
    registry.image("app", "one", "v1");

    assertThat(findings(byTag("v1")).imageScanStatus()).isEqualTo(NO_SCANNER);
  }

  private void put(String manifest, String tag) {
    ecr.putImage(r -> r.repositoryName("app").imageManifest(manifest).imageTag(tag));
  }

  private StartImageScanResponse start(ImageIdentifier id) {
    return ecr.startImageScan(r -> r.repositoryName("app").imageId(id));
  }

  private DescribeImageScanFindingsResponse findings(ImageIdentifier id) {
    return ecr.describeImageScanFindings(r -> r.repositoryName("app").imageId(id));
  }
}
