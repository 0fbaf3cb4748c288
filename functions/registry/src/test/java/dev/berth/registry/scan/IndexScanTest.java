package dev.berth.registry.scan;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static dev.berth.registry.scan.ScanningRegistry.debian;
import static dev.berth.registry.scan.ScanningRegistry.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.scan.Severity;
import dev.berth.core.scan.match.Attribute;
import dev.berth.registry.image.Registry;
import dev.berth.registry.image.Scan;
import dev.berth.registry.image.Scan.Status;
import dev.berth.registry.scan.layer.Layers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an index reports of its images. */
class IndexScanTest {

  private final ScanningRegistry scanning = new ScanningRegistry();
  private Digest arm;
  private Digest amd;

  @BeforeEach
  void images() {
    scanning.indexesInForce();
    arm = scanning.image(debian("zlib 1.2"));
    amd = scanning.image(debian("zlib 1.2", "bash 5.2"));
  }

  private Digest index(Digest... images) {
    return scanning.registry.push(Registry.index(images)).digest();
  }

  @Test
  void itsFindingsAreThoseOfItsImagesEachWithTheImagesDigest() {
    Digest index = index(arm, amd);

    Scan scan = scanning.scan(index);

    assertThat(scan.status()).isEqualTo(Status.COMPLETE);
    assertThat(scan.result().orElseThrow().counts().counts())
        .containsExactly(
            Map.entry(Severity.CRITICAL, 2),
            Map.entry(Severity.LOW, 2),
            Map.entry(Severity.UNDEFINED, 1));
    assertThat(scan.result().orElseThrow().sourceUpdatedAt()).contains(TestIndexes.UPDATED_AT);
    assertThat(scanning.findings(index))
        .extracting(it -> it.name() + " " + imageOf(it))
        .containsExactly(
            "CVE-2024-1 " + arm,
            "CVE-2024-1 " + amd,
            "CVE-2024-2 " + arm,
            "CVE-2024-2 " + amd,
            "CVE-2024-3 " + amd);
  }

  private static String imageOf(ScanFinding finding) {
    return finding.attributes().stream()
        .filter(it -> it.key().equals("image_digest"))
        .map(Attribute::value)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void eachImageIsScannedByItself() {
    scanning.scan(index(arm, amd));
    assertThat(scanning.names(arm)).containsExactly("CVE-2024-1", "CVE-2024-2");
    assertThat(scanning.names(amd)).hasSize(3);
  }

  @Test
  void anImageThatWasScannedTodayIsNotScannedAgain() {
    Scan before = scanning.scan(arm);
    scanning.registry.passes(Duration.ofHours(23));
    scanning.scan(index(arm, amd));
    assertThat(scanning.found(arm)).isEqualTo(before);

    scanning.registry.passes(Duration.ofHours(24));
    scanning.scan(index(arm, amd, arm));
    assertThat(scanning.found(arm).requestedAt()).isEqualTo(scanning.registry.now);
  }

  @Test
  void imagesThatCannotBeScannedAreNamedAndTheOthersReported() {
    Digest scratch = scanning.image(Layers.tar().file("app", "x").gzip());

    Scan scan = scanning.scan(index(arm, scratch));

    assertThat(scan.status()).isEqualTo(Status.COMPLETE);
    assertThat(scan.description().orElseThrow())
        .contains("Image " + scratch + " was not scanned: UnsupportedImageError: ");
    assertThat(scan.result().orElseThrow().counts().total()).isEqualTo(2);
  }

  @Test
  void whereNoImageCanBeScannedTheIndexFails() {
    Digest scratch = scanning.image(Layers.tar().file("app", "x").gzip());
    assertThat(scanning.scan(index(scratch)).status()).isEqualTo(Status.FAILED);
    assertThat(scanning.scan(index()).description()).contains("The index names no images.");
  }

  @Test
  void attestationsAreLeftOut() {
    String attested =
        Registry.index(arm, amd)
            .replace(
                amd + "\"",
                amd
                    + "\",\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\"}");
    Digest index = scanning.registry.push(attested).digest();

    Scan scan = scanning.scan(index);

    assertThat(scan.description()).contains("The scan was completed successfully.");
    assertThat(scan.result().orElseThrow().counts().total()).isEqualTo(2);
    assertThat(scanning.starts.find(ACCOUNT, APP, amd)).isEmpty();
  }

  @Test
  void anotherAnnotationHidesNoImage() {
    String annotated =
        Registry.index(arm)
            .replace(
                arm + "\"", arm + "\",\"annotations\":{\"vnd.docker.reference.type\":\"image\"}");
    Digest index = scanning.registry.push(annotated).digest();
    assertThat(scanning.scan(index).result().orElseThrow().counts().total()).isEqualTo(2);
  }

  @Test
  void aPushedIndexIsScannedWhereTheRepositorySaysSo() {
    scanning.registry.repositories.setScanOnPush(ACCOUNT, APP, true);
    Digest index = index(arm);
    assertThat(scanning.found(index).status()).isEqualTo(Status.IN_PROGRESS);
    scanning.scans.scanning().run(target(index));
    assertThat(scanning.names(index)).hasSize(2);
  }
}
