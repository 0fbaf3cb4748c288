package dev.berth.registry.gc;

import static dev.berth.registry.gc.CollectingRegistry.ACCOUNT;
import static dev.berth.registry.gc.CollectingRegistry.APP;
import static dev.berth.registry.gc.CollectingRegistry.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.registry.RegistryException.LayerUnavailable;
import dev.berth.registry.upload.Deadline;
import dev.berth.registry.upload.IncomingLayer;
import dev.berth.registry.upload.LayerSource;
import dev.berth.registry.upload.LayerTransfers.Progress;
import dev.berth.registry.upload.TestSource;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Layers that are on their way from other registries. */
class ArrivalCollectionTest {

  private final CollectingRegistry registry = new CollectingRegistry();
  private final byte[] bytes = new byte[30_000];
  private final IncomingLayer layer;

  ArrivalCollectionTest() {
    new Random(1).nextBytes(bytes);
    layer =
        new IncomingLayer(
            ACCOUNT,
            APP,
            Digest.sha256(bytes),
            bytes.length,
            new Source("111122223333", "eu-west-1"));
  }

  private Progress receive(LayerSource source) {
    return registry.services.transfers().receive(layer, source, new Deadline(() -> 0, 1));
  }

  private void breakAt(int position) {
    assertThatThrownBy(() -> receive(TestSource.breakingAt(bytes, position)))
        .isInstanceOf(LayerUnavailable.class);
  }

  @Test
  void whatIsUnderWayIsKeptForADayAndGoneOnWith() {
    breakAt(12_345);
    for (int hour = 1; hour < 24; hour++) {
      registry.pass(Duration.ofHours(1));
      registry.services.sweeper().run();
      assertThat(registry.collect()).isEqualTo(Collected.NOTHING);
    }
    var source = TestSource.of(bytes);

    Progress progress = receive(source);

    assertThat(source.offsets).containsExactly(12_345L);
    assertThat(progress.received()).isEqualTo(bytes.length);
    assertThat(receive(source).complete()).isTrue();
    assertThat(registry.objects.keys()).hasSize(1);
  }

  @Test
  void collectionInTheMiddleOfACallTakesNothingFromIt() {
    breakAt(12_345);
    var source =
        TestSource.at(
            bytes,
            20_000,
            () -> {
              registry.pass(Duration.ofSeconds(20));
              assertThat(registry.collect()).isEqualTo(Collected.NOTHING);
            });

    receive(source);

    assertThat(receive(source).complete()).isTrue();
  }

  @Test
  void whatIsNotGoneOnWithLeavesNothing() {
    breakAt(12_345);
    assertThat(registry.items("AU")).hasSize(2);

    registry.collectForAWeek();

    assertThat(registry.items("AUELBZ")).isEmpty();
    assertThat(registry.objects.keys()).isEmpty();
    assertThat(registry.objects.openMultiparts()).isZero();
  }

  @Test
  void aLayerThatArrivedIsCollectedLikeOneThatWasPushed() {
    receive(TestSource.of(bytes));
    registry.pass(DAY.minusSeconds(1));
    assertThat(registry.collect()).isEqualTo(Collected.NOTHING);

    registry.collectForAWeek();

    assertThat(registry.items("AUELBZ")).isEmpty();
    assertThat(registry.objects.keys()).isEmpty();
  }

  @Test
  void anObjectThatIsCopiedInTheStoreIsKeptWithItsLayer() {
    var other =
        new IncomingLayer(
            "111122223333", APP, layer.digest(), bytes.length, new Source(ACCOUNT, "us-east-1"));
    receive(TestSource.of(bytes));
    registry.createIn("111122223333", APP);
    var there = registry.services.layers().stat(ACCOUNT, APP, layer.digest()).orElseThrow();
    registry.services.transfers().copy(other, there);
    registry.services.repositories().delete(ACCOUNT, APP, true);
    registry.pass(DAY.minusSeconds(1));
    registry.services.sweeper().run();
    registry.collect();

    assertThat(registry.services.layers().stat("111122223333", APP, layer.digest()))
        .hasValueSatisfying(
            link -> assertThat(registry.objects.bytes(link.objectKey())).isEqualTo(bytes));
  }
}
