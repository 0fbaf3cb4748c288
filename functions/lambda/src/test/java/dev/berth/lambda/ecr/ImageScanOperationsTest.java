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
import dev.berth.core.trigger.Triggers;
import dev.berth.registry.image.Registry;
import dev.berth.registry.scan.TestIndexes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.Attribute;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsResponse;
import software.amazon.awssdk.services.ecr.model.FindingSeverity;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.ImageScanFinding;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.ImageScanFindingsSummary;
import software.amazon.awssdk.services.ecr.model.ImageScanStatus;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.LimitExceededException;
import software.amazon.awssdk.services.ecr.model.ScanNotFoundException;
import software.amazon.awssdk.services.ecr.model.ScanStatus;
import software.amazon.awssdk.services.ecr.model.ServerException;
import software.amazon.awssdk.services.ecr.model.StartImageScanResponse;
import software.amazon.awssdk.services.ecr.model.UnsupportedImageTypeException;

/** StartImageScan and DescribeImageScanFindings (guide, "Image scanning"). */
class ImageScanOperationsTest {

  private static final ImageScanStatus IN_PROGRESS =
      ImageScanStatus.builder().status(ScanStatus.IN_PROGRESS).build();

  private static final ImageScanStatus COMPLETE =
      ImageScanStatus.builder()
          .status(ScanStatus.COMPLETE)
          .description("The scan was completed successfully.")
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
  void aScanIsInProgressAtOnceAndAsked() {
    Digest image = registry.debian("app", "v1", "bash 5.2");

    StartImageScanResponse started = start(byTag("v1"));

    assertThat(started.registryId()).isEqualTo(ACCOUNT);
    assertThat(started.repositoryName()).isEqualTo("app");
    assertThat(started.imageId()).isEqualTo(byBoth(image, "v1"));
    assertThat(started.imageScanStatus()).isEqualTo(IN_PROGRESS);
    assertThat(registry.asked).extracting("detailType").containsExactly(Triggers.IMAGE_SCAN);
    DescribeImageScanFindingsResponse found = findings(byDigest(image));
    assertThat(found.registryId()).isEqualTo(ACCOUNT);
    assertThat(found.repositoryName()).isEqualTo("app");
    assertThat(found.imageId()).isEqualTo(byDigest(image));
    assertThat(found.imageScanStatus()).isEqualTo(IN_PROGRESS);
    assertThat(found.imageScanFindings().hasFindings()).isFalse();
    assertThat(found.imageScanFindings().imageScanCompletedAt()).isNull();
    assertThat(found.nextToken()).isNull();
    assertThat(findings(byTag("v1")).imageId()).isEqualTo(byBoth(image, "v1"));
  }

  private Digest scanned() {
    registry.indexesInForce();
    Digest image = registry.debian("app", "v1", "zlib 1.2", "bash 5.2");
    start(byTag("v1"));
    registry.scan("app", image);
    return image;
  }

  @Test
  void findingsAreInEcrsShapeWorstFirst() {
    scanned();

    DescribeImageScanFindingsResponse found = findings(byTag("v1"));

    assertThat(found.imageScanStatus()).isEqualTo(COMPLETE);
    ImageScanFindings findings = found.imageScanFindings();
    assertThat(findings.imageScanCompletedAt()).isNotNull();
    assertThat(findings.vulnerabilitySourceUpdatedAt()).isEqualTo(TestIndexes.UPDATED_AT);
    assertThat(findings.findingSeverityCounts())
        .isEqualTo(
            Map.of(
                FindingSeverity.CRITICAL, 1, FindingSeverity.LOW, 1, FindingSeverity.UNDEFINED, 1));
    assertThat(findings.findings())
        .extracting(ImageScanFinding::name)
        .containsExactly("CVE-2024-1", "CVE-2024-2", "CVE-2024-3");
    ImageScanFinding first = findings.findings().getFirst();
    assertThat(first.severity()).isEqualTo(FindingSeverity.CRITICAL);
    assertThat(first.description()).isEqualTo("It overflows.");
    assertThat(first.uri()).isEqualTo("https://example.com/CVE-2024-1");
    assertThat(first.attributes())
        .extracting(Attribute::key)
        .containsExactly(
            "package_version",
            "package_name",
            "CVSS2_VECTOR",
            "CVSS2_SCORE",
            "CVSS3_VECTOR",
            "CVSS3_SCORE",
            "fixed_in_version");
    assertThat(findings.findings().getLast().description()).isNull();
  }

  @Test
  void pagesTogetherAreAllFindingsAndCountsAreOfAll() {
    scanned();
    var pages =
        ecr
            .describeImageScanFindingsPaginator(
                r -> r.repositoryName("app").imageId(byTag("v1")).maxResults(2))
            .stream()
            .map(DescribeImageScanFindingsResponse::imageScanFindings)
            .toList();
    assertThat(pages).extracting(page -> page.findings().size()).containsExactly(2, 1);
    assertThat(pages).extracting(page -> page.findingSeverityCounts().size()).containsOnly(3);
  }

  @Test
  void whatIsKnownOfAnImageHasItsStatusAndTheCountsOfTheLastCompletedScan() {
    scanned();
    registry.image("app", "two", "v2");

    var details = ecr.describeImages(r -> r.repositoryName("app")).imageDetails();

    assertThat(details)
        .extracting(ImageDetail::imageScanStatus)
        .containsExactlyInAnyOrder(COMPLETE, null);
    ImageScanFindingsSummary summary =
        details.stream()
            .map(ImageDetail::imageScanFindingsSummary)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    assertThat(summary.imageScanCompletedAt()).isNotNull();
    assertThat(summary.vulnerabilitySourceUpdatedAt()).isEqualTo(TestIndexes.UPDATED_AT);
    assertThat(summary.findingSeverityCounts()).hasSize(3);
  }

  @Test
  void findingsThatAreMissingAreAFaultOfTheRegistrysOwnAndNoHang() {
    scanned();
    registry.objects.keys().stream()
        .filter(key -> key.startsWith("findings/"))
        .toList()
        .forEach(registry.objects::delete);
    assertThatThrownBy(() -> findings(byTag("v1"))).isInstanceOf(ServerException.class);
  }

  @Test
  void withoutVulnerabilityDataAScanFailsAndSaysHowToGetIt() {
    Digest image = registry.debian("app", "v1", "bash 5.2");
    start(byTag("v1"));
    registry.scan("app", image);

    var found = findings(byTag("v1"));
    assertThat(found.imageScanStatus().status()).isEqualTo(ScanStatus.FAILED);
    assertThat(found.imageScanStatus().description()).contains("./berth feeds update");
    assertThat(found.imageScanFindings().findingSeverityCounts()).isEmpty();
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
    put(
        Registry.manifest(
                registry.layer("app", "chart's config"), registry.layer("app", "chart"), "")
            .replace(MediaTypes.OCI_CONFIG, "application/vnd.cncf.helm.config.v1+json"),
        "chart");

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

    assertThat(findings(byTag("v1")).imageScanStatus()).isEqualTo(IN_PROGRESS);
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
