package dev.berth.registry.scan;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.RegistryException.LimitExceeded;
import dev.berth.registry.RegistryException.UnsupportedImageType;
import dev.berth.registry.image.Registry;
import dev.berth.registry.image.Scan;
import dev.berth.registry.image.ScanRecords;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.Table;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScansTest {

  private final Registry registry = new Registry();
  private final Scans scans = registry.scans;

  @Test
  void anImageIsScannedOnceIn24Hours() {
    Digest image = registry.push(registry.image("one"), "v1").digest();
    Scan first = scans.start(ACCOUNT, APP, image);
    registry.passes(Duration.ofHours(24).minusMillis(1));

    assertThatThrownBy(() -> scans.start(ACCOUNT, APP, image))
        .isInstanceOf(LimitExceeded.class)
        .hasMessage("The scan quota per image has been exceeded. Wait and try again.");
    assertThat(scans.find(ACCOUNT, APP, image)).contains(first);

    registry.passes(Duration.ofMillis(1));
    Scan second = scans.start(ACCOUNT, APP, image);
    assertThat(second.requestedAt()).isAfter(first.requestedAt());
    assertThat(scans.find(ACCOUNT, APP, image)).contains(second);
  }

  @Test
  void ofTwoRequestsAtOnceOneIsTaken() {
    Digest image = registry.push(registry.image("one")).digest();
    var raced = new InterposedTable(registry.table);
    var second = over(raced);
    raced.before(action -> action instanceof Action.Update, () -> scans.start(ACCOUNT, APP, image));

    assertThatThrownBy(() -> second.start(ACCOUNT, APP, image)).isInstanceOf(LimitExceeded.class);
  }

  @Test
  void anImageThatGoesMeanwhileIsNotMadeAgain() {
    Digest image = registry.push(registry.image("one")).digest();
    var raced = new InterposedTable(registry.table);
    var second = over(raced);
    raced.before(
        action -> action instanceof Action.Update,
        () -> registry.deletion.delete(ACCOUNT, APP, image));

    assertThatThrownBy(() -> second.start(ACCOUNT, APP, image)).isInstanceOf(ImageNotFound.class);
    assertThat(registry.imageCount()).isZero();
  }

  @Test
  void aScanGoesWithItsImage() {
    String manifest = registry.image("one");
    Digest image = registry.push(manifest).digest();
    scans.start(ACCOUNT, APP, image);
    registry.deletion.delete(ACCOUNT, APP, image);
    registry.push(manifest);

    assertThat(scans.find(ACCOUNT, APP, image)).isEmpty();
  }

  @Test
  void aPushIsAScanWhereTheRepositorySaysSo() {
    registry.repositories.setScanOnPush(ACCOUNT, APP, true);
    String manifest = registry.image("one");
    Digest image = registry.push(manifest, "v1").digest();
    Digest index = registry.push(Registry.index(image)).digest();

    assertThat(scans.find(ACCOUNT, APP, image))
        .contains(Scan.begun(registry.now, Optional.empty()));
    assertThat(scans.find(ACCOUNT, APP, index))
        .contains(Scan.begun(registry.now, Optional.empty()));
    assertThatThrownBy(() -> scans.start(ACCOUNT, APP, image)).isInstanceOf(LimitExceeded.class);
  }

  @Test
  void aScanThatTheImageCouldNotHelpMayBeRepeatedAtOnce() {
    Digest image = registry.push(registry.image("one")).digest();
    scans.start(ACCOUNT, APP, image);
    end(image, false);

    assertThat(scans.start(ACCOUNT, APP, image).isInProgress()).isTrue();
    end(image, true);
    assertThatThrownBy(() -> scans.start(ACCOUNT, APP, image)).isInstanceOf(LimitExceeded.class);
  }

  private void end(Digest image, boolean counted) {
    var records = new ScanRecords(registry.table, registry.reader);
    var scanned = records.find(ACCOUNT, APP, image);
    Scan failed = scanned.image().scan().orElseThrow().failed("why", counted);
    assertThat(records.end(scanned, failed, registry.now)).isTrue();
  }

  @Test
  void artifactsThatAreNoImagesSaySo() {
    String chart = "application/vnd.cncf.helm.config.v1+json";
    Digest artifact =
        registry.push(registry.image("chart").replace(MediaTypes.OCI_CONFIG, chart)).digest();

    assertThatThrownBy(() -> scans.start(ACCOUNT, APP, artifact))
        .isInstanceOf(UnsupportedImageType.class)
        .hasMessageContaining(chart);
  }

  private Scans over(Table table) {
    var records = new ScanRecords(table, new RepositoryReader(table));
    return new Scans(records, registry.objects, registry.clock);
  }

  @Test
  void aRetagIsNoScan() {
    String manifest = registry.image("one");
    Digest image = registry.push(manifest, "v1").digest();
    registry.repositories.setScanOnPush(ACCOUNT, APP, true);
    registry.push(manifest, "v2");

    assertThat(scans.find(ACCOUNT, APP, image)).isEmpty();
  }
}
