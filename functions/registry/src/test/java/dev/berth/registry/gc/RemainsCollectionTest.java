package dev.berth.registry.gc;

import static dev.berth.registry.gc.CollectingRegistry.ACCOUNT;
import static dev.berth.registry.gc.CollectingRegistry.APP;
import static dev.berth.registry.gc.CollectingRegistry.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.registry.RegistryException.UploadNotFound;
import dev.berth.registry.image.Registry;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.ForwardingTable;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import dev.berth.registry.upload.Body;
import dev.berth.registry.upload.ContentRange;
import dev.berth.registry.upload.Upload;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects, multipart writes and records that uploads and pushes leave. */
class RemainsCollectionTest {

  private static final Duration TWO_DAYS = DAY.multipliedBy(2);
  private static final byte[] LAYER = bytes(3000);

  private final CollectingRegistry registry = new CollectingRegistry();

  @Test
  void theBytesOfAnUploadThatNobodyEndedAreFreedAfterTwoDays() {
    append(begin(), Optional.empty(), LAYER);
    registry.pass(TWO_DAYS.minusSeconds(1));
    assertThat(registry.collect()).isEqualTo(Collected.NOTHING);
    registry.pass(Duration.ofSeconds(1));
    assertThat(registry.collect()).isEqualTo(Collected.objects(1, LAYER.length));
    assertThat(registry.objects.keys()).isEmpty();
  }

  @Test
  void thePartsAndTheRecordOfAnUploadThatNobodyEndedAreRemoved() {
    Upload first = append(begin(), Optional.of(new ContentRange(0, 899)), slice(0, 900));
    append(first, Optional.of(new ContentRange(900, 2999)), slice(900, 3000));
    assertThat(registry.objects.openMultiparts()).isEqualTo(1);
    registry.pass(TWO_DAYS);

    Collected collected = registry.collect();

    assertThat(registry.objects.openMultiparts()).isZero();
    assertThat(registry.objects.keys()).isEmpty();
    assertThat(collected.bytes()).isEqualTo(LAYER.length);
    assertThat(registry.items("U")).isEmpty();
  }

  @Test
  void anUploadThatBeganOnlyLeavesNothing() {
    registry.services.partUploads().initiate(registry.uploader(APP));
    registry.pass(TWO_DAYS.minusSeconds(1));
    registry.collect();
    assertThat(registry.items("U")).hasSize(1);
    registry.pass(Duration.ofSeconds(1));
    registry.collect();
    assertThat(registry.items("U")).isEmpty();
  }

  @Test
  void anUploadThatIsInProgressIsLeftAlone() {
    Upload first = append(begin(), Optional.of(new ContentRange(0, 899)), slice(0, 900));
    registry.pass(DAY.minusSeconds(1));
    assertThat(
            new GarbageCollection(
                    registry.table, registry.objects, GcPeriods.alone(), registry.clock)
                .run())
        .isEqualTo(Collected.NOTHING);

    Upload all = append(first, Optional.of(new ContentRange(900, 2999)), slice(900, 3000));
    commit(all, LAYER);
  }

  @Test
  void aRequestThatLastsLongerThanAnyDoesNotCommitWhatIsBeingRemoved() {
    Upload sent = append(begin(), Optional.empty(), LAYER);
    registry.pass(DAY.minusSeconds(1));
    Body body =
        new Body(
            new ByteArrayInputStream(new byte[0]) {
              @Override
              public int read(byte[] into, int offset, int length) {
                registry.pass(Duration.ofHours(13));
                return -1;
              }

              @Override
              public int read() {
                registry.pass(Duration.ofHours(13));
                return -1;
              }
            },
            OptionalLong.empty());

    assertThatThrownBy(
            () ->
                registry
                    .services
                    .uploads()
                    .commit(
                        registry.uploader(APP),
                        sent.id(),
                        sent.state(),
                        Digest.sha256(LAYER),
                        Optional.empty(),
                        body))
        .isInstanceOf(UploadNotFound.class);
    assertThat(registry.items("L")).isEmpty();
  }

  @Test
  void ofACommitAndTheEndOfAnExpiredUploadOneWins() {
    append(begin(), Optional.of(new ContentRange(0, 899)), slice(0, 900));
    registry.pass(TWO_DAYS);
    var raced = new InterposedTable(registry.table);
    raced.before(
        action -> action.key().partition().startsWith("U#"),
        () ->
            // what a writer does whose clock goes wrong
            registry.table.transact(
                Action.update(registry.items("U").getFirst().key())
                    .add("version", 1)
                    .when(Condition.present())));

    assertThat(registry.collectionOver(raced).run()).isEqualTo(Collected.NOTHING);
    assertThat(registry.objects.keys()).hasSize(1);
  }

  @Test
  void theObjectOfACommitThatFoundTheLayerThereIsFreed() {
    registry.objects.refuseDeletions(true);
    registry.pushImage(APP, "one");
    registry.pushLayer(APP, "one");
    registry.objects.refuseDeletions(false);
    assertThat(registry.objects.keys()).hasSize(3);

    registry.collectForAWeek();

    assertThat(registry.objects.keys()).hasSize(2);
    assertThat(registry.items("U")).hasSize(2);
  }

  @Test
  void theObjectOfAManifestWhoseTransactionHadNoAnswerIsFreed() {
    String large = ",\"annotations\":{\"a\":\"%s\"}".formatted("x".repeat(400_000));
    registry.pushImage(APP, "kept", large);
    var failing = new FailingTable(registry.table, 0);
    Digest config = registry.pushLayer(APP, "config").digest();
    Digest layer = registry.pushLayer(APP, "layer").digest();
    String manifest = Registry.manifest(config, layer, large);
    assertThatThrownBy(() -> registry.putManifest(registry.servicesOver(failing), APP, manifest))
        .isInstanceOf(StoreException.class);
    assertThat(manifests()).isEqualTo(2);

    registry.collectForAWeek();

    assertThat(manifests()).isEqualTo(1);
    assertThat(registry.objects.keys()).hasSize(3);
  }

  private long manifests() {
    return registry.objects.keys().stream().filter(key -> key.startsWith("manifests/")).count();
  }

  @Test
  void objectsUnderOtherKeysAreLeftAlone() {
    for (String key : List.of("other", "layers/other", "manifests/123456789012/of-before")) {
      registry.objects.put(key, ByteBuffer.allocate(1), ObjectEncryption.STANDARD);
    }
    registry.collectForAWeek();
    assertThat(registry.objects.keys()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void aRunThatWasStoppedIsTakenUpByTheNext(int writes) {
    Digest one = registry.pushImage(APP, "one");
    registry.pushImage(APP, "kept");
    append(begin(), Optional.of(new ContentRange(0, 899)), slice(0, 900));
    registry.deleteImage(APP, one);
    for (int night = 0; night < 4; night++) {
      registry.pass(DAY);
      stop(writes);
      registry.pass(Duration.ofHours(1));
      stop(writes);
    }

    registry.collectForAWeek();

    assertThat(registry.objects.keys()).hasSize(2);
    assertThat(registry.items("LB")).hasSize(4);
    assertThat(registry.items("Z")).isEmpty();
    assertThat(registry.items("U")).hasSize(2);
  }

  private void stop(int writes) {
    try {
      registry.collectionOver(new FailingTable(registry.table, writes)).run();
    } catch (StoreException stopped) {
      assertThat(stopped).hasMessage("stopped");
    }
  }

  /** Stops everything at a write. */
  private static final class FailingTable extends ForwardingTable {
    private int writesLeft;

    FailingTable(Table table, int writesLeft) {
      super(table);
      this.writesLeft = writesLeft;
    }

    @Override
    public Outcome transact(List<Action> actions) {
      if (writesLeft-- > 0) {
        return super.transact(actions);
      }
      throw new StoreException("stopped");
    }
  }

  private Upload begin() {
    return registry.services.uploads().begin(registry.uploader(APP), Optional.empty());
  }

  private Upload append(Upload upload, Optional<ContentRange> range, byte[] bytes) {
    return registry
        .services
        .uploads()
        .append(registry.uploader(APP), upload.id(), upload.state(), range, Body.of(bytes));
  }

  private void commit(Upload upload, byte[] bytes) {
    registry
        .services
        .uploads()
        .commit(
            registry.uploader(APP),
            upload.id(),
            upload.state(),
            Digest.sha256(bytes),
            Optional.empty(),
            Body.empty());
    assertThat(registry.services.layers().stat(ACCOUNT, APP, Digest.sha256(bytes))).isPresent();
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private static byte[] slice(int from, int to) {
    return Arrays.copyOfRange(LAYER, from, to);
  }
}
