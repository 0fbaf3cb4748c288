package dev.berth.registry.scan;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static dev.berth.registry.scan.ScanningRegistry.debian;
import static dev.berth.registry.scan.ScanningRegistry.status;
import static dev.berth.registry.scan.ScanningRegistry.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.scan.Severity;
import dev.berth.core.scan.match.Attribute;
import dev.berth.registry.image.Scan;
import dev.berth.registry.image.Scan.Status;
import dev.berth.registry.image.ScanResult;
import dev.berth.registry.scan.layer.Layers;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.StoreException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scans of single images, from the push to the findings. */
class ScanningTest {

  private static final Duration DAY = Duration.ofHours(24);

  private final ScanningRegistry scanning = new ScanningRegistry();

  @BeforeEach
  void indexes() {
    scanning.indexesInForce();
  }

  @Test
  void findingsAreThoseOfTheIndexWorstFirst() {
    Digest image = scanning.image(debian("zlib 1.2", "bash 5.2"));

    Scan scan = scanning.scan(image);

    assertThat(scan.status()).isEqualTo(Status.COMPLETE);
    assertThat(scan.description()).contains("The scan was completed successfully.");
    ScanResult result = scan.result().orElseThrow();
    assertThat(result.completedAt()).isEqualTo(scanning.registry.now);
    assertThat(result.sourceUpdatedAt()).contains(TestIndexes.UPDATED_AT);
    assertThat(result.counts().counts())
        .containsExactly(
            Map.entry(Severity.CRITICAL, 1),
            Map.entry(Severity.LOW, 1),
            Map.entry(Severity.UNDEFINED, 1));
    assertThat(scanning.names(image)).containsExactly("CVE-2024-1", "CVE-2024-2", "CVE-2024-3");
    assertThat(scanning.findings(image).getFirst())
        .isEqualTo(
            new ScanFinding(
                "CVE-2024-1",
                Severity.CRITICAL,
                "It overflows.",
                "https://example.com/CVE-2024-1",
                List.of(
                    new Attribute("package_version", "1.2"),
                    new Attribute("package_name", "zlib"),
                    new Attribute("CVSS2_VECTOR", "AV:N/AC:L/Au:N/C:P/I:P/A:P"),
                    new Attribute("CVSS2_SCORE", "7.5"),
                    new Attribute("CVSS3_VECTOR", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"),
                    new Attribute("CVSS3_SCORE", "9.8"),
                    new Attribute("fixed_in_version", "1.3"))));
  }

  @Test
  void anImageWithoutAnythingVulnerableIsComplete() {
    Digest image = scanning.image(debian("zlib 1.3"));

    assertThat(scanning.scan(image).status()).isEqualTo(Status.COMPLETE);
    assertThat(scanning.findings(image)).isEmpty();
  }

  @Test
  void anUpperLayerTakesAwayAndUpdatesWhatALowerOneHas() {
    byte[] update = Layers.tar().file("var/lib/dpkg/status", status("zlib 1.3")).gzip();
    Digest updated = scanning.image(debian("zlib 1.2", "bash 5.2"), update);
    scanning.scan(updated);
    assertThat(scanning.findings(updated)).isEmpty();
  }

  @Test
  void aPushToARepositoryThatScansIsScannedByTheEventThatTellsOfIt() {
    scanning.registry.repositories.setScanOnPush(ACCOUNT, APP, true);
    Digest image = scanning.image(debian("bash 5.2"));
    assertThat(scanning.found(image).status()).isEqualTo(Status.IN_PROGRESS);

    scanning.scans.scanning().run(target(image));

    assertThat(scanning.names(image)).containsExactly("CVE-2024-3");
  }

  @Test
  void whatNobodyAskedForIsNotScanned() {
    Digest image = scanning.image(debian("bash 5.2"));

    assertThat(scanning.scans.scanning().run(target(image))).isTrue();

    assertThat(scanning.starts.find(ACCOUNT, APP, image)).isEmpty();
    assertThat(scanning.scans.scanning().run(target(Digest.sha256(new byte[1])))).isTrue();
  }

  @Test
  void anUnsupportedSystemIsNamedInTheGuidesWords() {
    byte[] slackware =
        Layers.tar()
            .file("etc/os-release", "ID=slackware\nVERSION_ID=15.0\n")
            .file("var/lib/dpkg/status", status("bash 5"))
            .gzip();
    Scan scan = scanning.scan(scanning.image(slackware));

    assertThat(scan.status()).isEqualTo(Status.FAILED);
    assertThat(scan.description())
        .contains(
            "UnsupportedImageError: The operating system 'slackware' version '15.0' is not"
                + " supported.");
    assertThat(scan.isCounted()).isTrue();
  }

  @Test
  void aReleaseWhoseSupportEndedIsUnsupported() {
    scanning.registry.passes(Duration.ofDays(5 * 365));
    assertThat(scanning.scan(scanning.image(debian("bash 5"))).description())
        .contains(
            "UnsupportedImageError: The operating system 'debian' version '12' is not supported.");
  }

  @Test
  void anImageFromScratchAndOneWithoutPackagesAreUnsupported() {
    byte[] scratch = Layers.tar().file("app", "binary").gzip();
    byte[] hidden =
        Layers.tar().file("etc/os-release", ScanningRegistry.DEBIAN).file("app", "binary").gzip();
    for (byte[] layer : List.of(scratch, hidden)) {
      Scan scan = scanning.scan(scanning.image(layer));
      assertThat(scan.status()).isEqualTo(Status.FAILED);
      assertThat(scan.description())
          .contains(
              "UnsupportedImageError: The operating system and/or package manager are not"
                  + " supported.");
    }
  }

  @Test
  void layersOfForeignTypesAreSkippedAndNamed() {
    byte[] system = debian("bash 5.2");
    byte[] foreign = Layers.tar().file("windows", "x").gzip();
    String manifest = scanning.manifest(MediaTypes.OCI_LAYER_GZIP, system, foreign);
    Digest skipped = Digest.sha256(foreign);
    int at = manifest.lastIndexOf(MediaTypes.OCI_LAYER_GZIP);
    String type = MediaTypes.DOCKER_FOREIGN_LAYER;
    Digest image =
        scanning
            .registry
            .push(
                manifest.substring(0, at)
                    + type
                    + manifest.substring(at + MediaTypes.OCI_LAYER_GZIP.length()))
            .digest();

    Scan scan = scanning.scan(image);

    assertThat(scan.status()).isEqualTo(Status.COMPLETE);
    assertThat(scan.description())
        .contains(
            "The scan was completed successfully. Layer %s of type %s was not scanned."
                .formatted(skipped, type));
  }

  @Test
  void aDamagedLayerFailsTheScanAndIsNamedWithTheReason() {
    byte[] whole = debian("bash 5.2");
    byte[] broken = Arrays.copyOf(whole, whole.length / 2);

    Scan scan = scanning.scan(scanning.image(broken));

    assertThat(scan.status()).isEqualTo(Status.FAILED);
    assertThat(scan.description().orElseThrow())
        .startsWith(
            "The image cannot be scanned: layer %s cannot be scanned: "
                .formatted(Digest.sha256(broken)));
    assertThat(scanning.objects("facts/")).isEmpty();
  }

  @Test
  void withoutIndexesAScanFailsSaysHowToGetThemAndMayBeRepeated() {
    var without = new ScanningRegistry();
    Digest image = without.image(debian("bash 5.2"));

    Scan scan = without.scan(image);

    assertThat(scan.status()).isEqualTo(Status.FAILED);
    assertThat(scan.description().orElseThrow()).contains("./berth feeds update");
    without.indexesInForce();
    without.registry.passes(Duration.ofMinutes(1));
    assertThat(without.scan(image).status()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void aReleaseThatNoFeedToldOfFailsTheScanAndIsNamed() {
    byte[] thirteen =
        Layers.tar()
            .file("etc/os-release", "ID=debian\nVERSION_ID=\"13\"\n")
            .file("var/lib/dpkg/status", status("bash 5"))
            .gzip();
    Scan scan = scanning.scan(scanning.image(thirteen));
    assertThat(scan.description().orElseThrow()).contains("debian-13", "./berth feeds update");
    assertThat(scan.isCounted()).isFalse();
  }

  @Test
  void theLastFindingsStayReadableDuringARescanAndAfterOneThatFailed() {
    Digest image = scanning.image(debian("bash 5.2"));
    ScanResult first = scanning.scan(image).result().orElseThrow();
    scanning.registry.passes(DAY);

    scanning.starts.start(ACCOUNT, APP, image);
    assertThat(scanning.found(image).status()).isEqualTo(Status.IN_PROGRESS);
    assertThat(scanning.names(image)).containsExactly("CVE-2024-3");

    scanning.objects("facts/").forEach(scanning.registry.objects::delete);
    String layer = "layers/" + Digest.sha256(debian("bash 5.2")).hex();
    scanning.registry.objects.delete(layer);
    scanning.registry.objects.put(
        layer, ByteBuffer.wrap(new byte[] {0x1f, (byte) 0x8b, 8}), ObjectEncryption.STANDARD);
    scanning.scans.scanning().run(target(image));
    assertThat(scanning.found(image).status()).isEqualTo(Status.FAILED);
    assertThat(scanning.found(image).result()).contains(first);
    assertThat(scanning.names(image)).containsExactly("CVE-2024-3");
  }

  @Test
  void newFindingsTakeThePlaceOfTheOldOnes() {
    Digest image = scanning.image(debian("bash 5.2"));
    scanning.scan(image);
    scanning.registry.passes(DAY);
    TestIndexes.inForce(
        scanning.registry.table,
        scanning.registry.objects,
        scanning.registry.clock,
        TestIndexes.fixed("bash", "6", "CVE-2024-9", Severity.HIGH));

    scanning.scan(image);

    assertThat(scanning.names(image)).containsExactly("CVE-2024-9");
    assertThat(scanning.objects("findings/")).hasSize(1);
  }

  @Test
  void aScanThatIsDoneTwiceIsEndedOnce() {
    Digest image = scanning.image(debian("bash 5.2"));
    scanning.starts.start(ACCOUNT, APP, image);
    var raced = new InterposedTable(scanning.registry.table);
    raced.before(
        action -> action instanceof Action.Update,
        () -> scanning.scans.scanning().run(target(image)));

    assertThat(scanning.over(raced).scanning().run(target(image))).isTrue();

    assertThat(scanning.names(image)).containsExactly("CVE-2024-3");
    assertThat(scanning.objects("findings/")).hasSize(1);
  }

  @Test
  void anImageThatIsDeletedWhileItIsScannedLeavesNothing() {
    Digest image = scanning.image(debian("bash 5.2"));
    scanning.starts.start(ACCOUNT, APP, image);
    var raced = new InterposedTable(scanning.registry.table);
    raced.before(
        action -> action instanceof Action.Update,
        () -> scanning.registry.deletion.delete(ACCOUNT, APP, image));

    assertThat(scanning.over(raced).scanning().run(target(image))).isTrue();

    assertThat(scanning.registry.imageCount()).isZero();
    assertThat(scanning.objects("findings/")).isEmpty();
  }

  @Test
  void findingsGoWithTheirImage() {
    Digest image = scanning.image(debian("bash 5.2"));
    scanning.scan(image);
    assertThat(scanning.objects("findings/")).hasSize(1);
    scanning.registry.deletion.delete(ACCOUNT, APP, image);
    assertThat(scanning.objects("findings/")).isEmpty();
  }

  @Test
  void findingsGoWithTheirRepository() {
    scanning.scan(scanning.image(debian("bash 5.2")));
    scanning.registry.repositories.delete(ACCOUNT, APP, true);
    scanning.registry.sweeper.run();
    assertThat(scanning.objects("findings/")).isEmpty();
  }

  @Test
  void aStoreThatFailsIsAskedAgainAndTheScanGoesOn() {
    Digest image = scanning.image(debian("bash 5.2"));
    scanning.starts.start(ACCOUNT, APP, image);
    String layer = "layers/" + Digest.sha256(debian("bash 5.2")).hex();
    scanning.registry.objects.delete(layer);

    assertThatThrownBy(() -> scanning.scans.scanning().run(target(image)))
        .isInstanceOf(StoreException.class);

    assertThat(scanning.found(image).status()).isEqualTo(Status.IN_PROGRESS);
    scanning.registry.objects.put(
        layer, ByteBuffer.wrap(debian("bash 5.2")), ObjectEncryption.STANDARD);
    scanning.scans.scanning().run(target(image));
    assertThat(scanning.found(image).status()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void aKeyThatIsDisabledFailsTheScanWhichMayBeRepeated() {
    var key = scanning.registry.encryptApp();
    Digest image = scanning.image(debian("bash 5.2"));
    scanning.starts.start(ACCOUNT, APP, image);
    scanning.registry.keys.disable(key);
    scanning.scans.scanning().run(target(image));
    assertThat(scanning.found(image).description().orElseThrow()).startsWith("KmsException: ");
    assertThat(scanning.found(image).isCounted()).isFalse();
  }

  @Test
  void moreThanAnyImageHasIsRefused() {
    String[] many = new String[ImageScanner.MOST_PACKAGES + 1];
    Arrays.setAll(many, i -> "p" + i + " 1");
    Scan scan = scanning.scan(scanning.image(debian(many)));
    assertThat(scan.status()).isEqualTo(Status.FAILED);
    assertThat(scan.description()).contains("The image has more than 50000 packages.");
  }
}
