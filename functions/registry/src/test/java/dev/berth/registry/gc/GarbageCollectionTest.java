package dev.berth.registry.gc;

import static dev.berth.registry.gc.CollectingRegistry.ACCOUNT;
import static dev.berth.registry.gc.CollectingRegistry.APP;
import static dev.berth.registry.gc.CollectingRegistry.DAY;
import static dev.berth.registry.gc.CollectingRegistry.OTHER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.encryption.KeyArn;
import dev.berth.registry.image.Registry;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.StoreException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links and blobs. */
class GarbageCollectionTest {

  private static final RepositoryName ENCRYPTED = new RepositoryName("team/encrypted");
  private static final String LARGE =
      ",\"annotations\":{\"a\":\"%s\"}".formatted("x".repeat(400_000));

  private final CollectingRegistry registry = new CollectingRegistry();

  @Test
  void theLayersOfADeletedImageAreFreedStepByStep() {
    registry.deleteImage(APP, registry.pushImage(APP, "one"));
    registry.pass(DAY);

    assertThat(registry.collect()).isEqualTo(Collected.announced(2));
    registry.pass(Duration.ofMinutes(59));
    assertThat(registry.collect()).isEqualTo(Collected.NOTHING);
    registry.pass(Duration.ofMinutes(1));
    assertThat(registry.collect()).isEqualTo(Collected.links(2));
    registry.pass(DAY.minusSeconds(1));
    assertThat(registry.collect()).isEqualTo(Collected.NOTHING);
    assertThat(registry.objects.keys()).hasSize(2);
    registry.pass(Duration.ofSeconds(1));
    assertThat(registry.collect())
        .isEqualTo(Collected.blobs(2, "config of one".length() + "one".length()));

    assertThat(registry.objects.keys()).isEmpty();
    assertThat(registry.items("LBZ")).isEmpty();
  }

  @Test
  void theRecordsOfUploadsGoWithTheirLayersAndNotBefore() {
    Digest image = registry.pushImage(APP, "one");
    registry.collectForAWeek();
    assertThat(registry.items("U")).hasSize(2);

    registry.deleteImage(APP, image);
    registry.collectForAWeek();
    assertThat(registry.items("U")).isEmpty();
  }

  @Test
  void theLayersOfImagesStay() {
    registry.pushImage(APP, "one");
    registry.pushImage(OTHER, "one");
    List<Item> before = registry.items("LB");

    assertThat(registry.collectForAWeek()).isEqualTo(Collected.NOTHING);

    assertThat(registry.items("LB")).isEqualTo(before);
    assertThat(registry.objects.keys()).hasSize(2);
  }

  @Test
  void aLayerThatAnotherRepositoryLinksKeepsItsObject() {
    Digest image = registry.pushImage(APP, "one");
    registry.pushImage(OTHER, "one");
    registry.deleteImage(APP, image);

    assertThat(registry.collectForAWeek()).isEqualTo(new Collected(2, 2, 0, 0, 0, 0));

    assertThat(registry.objects.keys()).hasSize(2);
  }

  @Test
  void aLayerThatNoImageNamesStaysForADay() {
    registry.pushLayer(APP, "lonely");
    registry.pass(DAY.minusSeconds(1));
    assertThat(registry.collect()).isEqualTo(Collected.NOTHING);
    registry.pass(Duration.ofSeconds(1));
    assertThat(registry.collect()).isEqualTo(Collected.announced(1));
  }

  @Test
  void aLayerThatSomebodyLookedAtStaysForADayAfterThat() {
    Digest layer = registry.pushLayer(APP, "lonely").digest();
    registry.pass(Duration.ofHours(23));
    registry.services.layers().stat(ACCOUNT, APP, layer);
    registry.pass(Duration.ofHours(23));
    assertThat(registry.collect()).isEqualTo(Collected.NOTHING);
  }

  @Test
  void aLayerThatOnlyAManifestInAnObjectNamesStays() {
    registry.pushImage(APP, "large", LARGE);
    KeyArn key = registry.keys.defaultKey(ACCOUNT);
    registry.create(ENCRYPTED, new Encryption.Kms(key));
    registry.pushImage(ENCRYPTED, "encrypted");

    assertThat(registry.collectForAWeek()).isEqualTo(Collected.NOTHING);

    assertThat(registry.objects.keys()).hasSize(6);
  }

  @Test
  void theObjectOfAManifestGoesWithItsImage() {
    registry.deleteImage(APP, registry.pushImage(APP, "large", LARGE));
    registry.collectForAWeek();
    assertThat(registry.objects.keys()).isEmpty();
  }

  @Test
  void aRepositoryWhoseManifestsCannotBeReadIsLeftAlone() {
    KeyArn key = registry.keys.defaultKey(ACCOUNT);
    registry.create(ENCRYPTED, new Encryption.Kms(key));
    registry.pushImage(ENCRYPTED, "encrypted");
    registry.pushLayer(ENCRYPTED, "lonely");
    registry.pushLayer(APP, "lonely, too");
    registry.keys.disable(key);
    registry.pass(DAY);

    assertThat(registry.collect()).isEqualTo(Collected.announced(1).plus(Collected.skipped(1)));

    registry.keys.enable(key);
    assertThat(registry.collect()).isEqualTo(Collected.announced(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"look", "mount", "commit", "manifest"})
  void aLinkThatSomebodyReliesOnAfterItsAnnouncementStays(String how) {
    Digest config = registry.pushLayer(APP, "config").digest();
    Digest layer = registry.pushLayer(APP, "layer").digest();
    registry.pushLayer(OTHER, "layer");
    registry.pass(DAY);
    assertThat(registry.collect().announced()).isEqualTo(3);

    switch (how) {
      case "look" -> registry.services.layers().stat(ACCOUNT, APP, layer);
      case "mount" -> registry.services.layers().mount(ACCOUNT, APP, OTHER, layer);
      case "commit" -> registry.pushLayer(APP, "layer");
      default -> registry.putManifest(APP, Registry.manifest(config, layer, ""));
    }
    registry.pass(Duration.ofHours(1));

    registry.collect();
    assertThat(registry.services.layers().stat(ACCOUNT, APP, layer)).isPresent();
    assertThat(registry.services.layers().stat(ACCOUNT, OTHER, layer)).isEmpty();
  }

  @Test
  void anImageThatWasMadeAroundTheAnnouncementKeepsItsLayers() {
    Digest config = registry.pushLayer(APP, "config").digest();
    Digest layer = registry.pushLayer(APP, "layer").digest();
    registry.pass(DAY);
    var raced = new InterposedTable(registry.table);
    // read the links before they were announced, and wrote the image afterwards
    raced.before(Action.Put.class::isInstance, registry::collect);
    registry.putManifest(registry.servicesOver(raced), APP, Registry.manifest(config, layer, ""));

    registry.pass(Duration.ofHours(1));

    assertThat(registry.collect()).isEqualTo(Collected.NOTHING);
    assertThat(registry.services.layers().stat(ACCOUNT, APP, layer).orElseThrow().doomed())
        .isEmpty();
  }

  @Test
  void aLinkThatIsRevivedRightBeforeItsRemovalStays() {
    Digest layer = registry.pushLayer(APP, "layer").digest();
    registry.pass(DAY);
    registry.collect();
    registry.pass(Duration.ofHours(1));
    var raced = new InterposedTable(registry.table);
    raced.before(
        Action.Delete.class::isInstance,
        () -> registry.services.layers().stat(ACCOUNT, APP, layer));

    assertThat(registry.collectionOver(raced).run()).isEqualTo(Collected.NOTHING);

    assertThat(registry.services.layers().stat(ACCOUNT, APP, layer)).isPresent();
  }

  @Test
  void anImageThatIsPushedRightBeforeTheRemovalOfItsLayersKeepsThem() {
    Digest config = registry.pushLayer(APP, "config").digest();
    Digest layer = registry.pushLayer(APP, "layer").digest();
    registry.pass(DAY);
    registry.collect();
    registry.pass(Duration.ofHours(1));
    var raced = new InterposedTable(registry.table);
    // after the images were looked at for the last time
    raced.before(
        Action.Delete.class::isInstance,
        () -> registry.putManifest(APP, Registry.manifest(config, layer, "")));

    assertThat(registry.collectionOver(raced).run()).isEqualTo(Collected.NOTHING);

    assertThat(registry.items("L")).hasSize(2);
  }

  @Test
  void aBlobThatGetsALinkInTimeLeavesTheList() {
    unlink("layer");
    registry.pushLayer(APP, "layer");
    assertThat(registry.items("Z")).hasSize(1);
    registry.pass(DAY);

    // not even the link is due, as it was touched a moment before
    assertThat(registry.collect()).isEqualTo(Collected.announced(1));

    assertThat(registry.items("Z")).isEmpty();
    assertThat(registry.objects.keys()).hasSize(1);
  }

  @Test
  void aBlobThatGetsALinkRightBeforeItsDoomStays() {
    unlink("layer");
    registry.pass(DAY);
    var raced = new InterposedTable(registry.table);
    raced.before(any -> true, () -> registry.pushLayer(APP, "layer"));

    assertThat(registry.collectionOver(raced).run()).isEqualTo(Collected.NOTHING);

    assertThat(registry.objects.keys()).hasSize(1);
    registry.collect();
    assertThat(registry.items("Z")).isEmpty();
  }

  @Test
  void aCommitThatMeetsADoomedBlobPutsItsOwnObjectInThePlace() {
    unlink("layer");
    registry.pass(DAY);
    String former = registry.objects.keys().iterator().next();
    var raced = new InterposedTable(registry.table);
    raced.before(
        Action.Delete.class::isInstance,
        () -> {
          assertThat(registry.services.layers().mount(ACCOUNT, OTHER, APP, digest("layer")))
              .isEmpty();
          registry.pushLayer(APP, "layer");
        });

    assertThat(registry.collectionOver(raced).run()).isEqualTo(Collected.NOTHING);

    assertThat(registry.objects.keys()).hasSize(1).doesNotContain(former);
    registry.collectForAWeek();
    assertThat(registry.items("LBZU")).isEmpty();
    assertThat(registry.objects.keys()).isEmpty();
  }

  @Test
  void aMountThatMeetsADoomedBlobLinksNothing() {
    registry.pushLayer(OTHER, "layer");
    registry.pass(DAY);
    registry.collect();
    registry.pass(Duration.ofHours(1));
    var raced = new InterposedTable(registry.table);
    // after the source was read, all of collection comes to pass but for the object's end
    raced.before(
        Action.Put.class::isInstance,
        () -> {
          assertThat(registry.collect().links()).isEqualTo(1);
          registry.pass(DAY);
          registry.objects.refuseDeletions(true);
          assertThatThrownBy(registry::collect).isInstanceOf(StoreException.class);
        });

    assertThat(registry.servicesOver(raced).layers().mount(ACCOUNT, APP, OTHER, digest("layer")))
        .isEmpty();

    assertThat(registry.items("L")).isEmpty();
  }

  @Test
  void aDryRunSaysWhatRunsFreeAndChangesNothing() {
    Digest image = registry.pushImage(APP, "shared");
    Digest other = registry.pushImage(OTHER, "shared");
    registry.pushImage(APP, "kept");
    registry.deleteImage(APP, image);
    registry.deleteImage(OTHER, other);
    unlinkInTheMiddle();
    List<Item> before = registry.table.all();

    Collected dry = registry.collectionOver(registry.table).dryRun();

    assertThat(registry.table.all()).isEqualTo(before);
    Collected real = registry.collectForAWeek();
    assertThat(dry.links()).isEqualTo(real.links()).isEqualTo(4);
    assertThat(dry.blobs()).isEqualTo(real.blobs()).isEqualTo(3);
    assertThat(dry.bytes()).isEqualTo(real.bytes());
    assertThat(dry.announced()).isZero();
  }

  /** Leaves a blob that waits already, and lets a day pass. */
  private void unlinkInTheMiddle() {
    var lonely = new RepositoryName("lonely");
    registry.create(lonely, Encryption.AES256);
    registry.pushLayer(lonely, "lonely");
    registry.services.repositories().delete(ACCOUNT, lonely, true);
    registry.pass(DAY);
    registry.services.sweeper().run();
  }

  private void unlink(String content) {
    registry.pushLayer(APP, content);
    registry.pass(DAY);
    registry.collect();
    registry.pass(Duration.ofHours(1));
    assertThat(registry.collect().links()).isEqualTo(1);
  }

  private static Digest digest(String content) {
    return Digest.sha256(content.getBytes(UTF_8));
  }
}
