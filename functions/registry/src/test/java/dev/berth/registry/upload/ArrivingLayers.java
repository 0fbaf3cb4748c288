package dev.berth.registry.upload;

import static dev.berth.registry.upload.Pushes.ACCOUNT;
import static dev.berth.registry.upload.Pushes.APP;
import static dev.berth.registry.upload.Pushes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.quota.Quotas;
import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.registry.layer.Layers;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Objects;
import dev.berth.registry.upload.LayerTransfers.Progress;
import dev.berth.registry.upload.Renewal.Rhythm;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Layers that come from another registry to one in memory. */
abstract class ArrivingLayers {

  static final Source FROM = new Source("111122223333", "eu-west-1");
  static final long NO_END = Long.MAX_VALUE / 2;

  /** Layers that are larger have their hash carried from call to call. */
  static final int READ_AGAIN = 20_000;

  static final byte[] SMALL = bytes(300);
  static final byte[] LARGE = bytes(30_000);
  static final byte[] MIDDLE = bytes(15_000);

  final AtomicLong nanoTime = new AtomicLong();
  Pushes pushes = new Pushes();
  LayerTransfers transfers = anotherProcess();

  /** A process in which no time passes: it renews nothing, like one that was killed. */
  LayerTransfers anotherProcess() {
    return transfers(pushes.objects, Pushes.SIZES, ArrivingLayers::untilItIsOver);
  }

  static boolean untilItIsOver(CountDownLatch over, Duration pause) throws InterruptedException {
    over.await();
    return true;
  }

  LayerTransfers transfers(Objects objects, PartSizes sizes, Rhythm rhythm) {
    var reader = new RepositoryReader(pushes.table);
    return new LayerTransfers(
        pushes.table,
        objects,
        reader,
        pushes.keys,
        new Layers(pushes.table, reader, pushes.keys, pushes.clock),
        wall(),
        pushes.clock,
        sizes,
        Quotas.standard(),
        rhythm);
  }

  /** The registry's clock was set, and runs on from there. */
  Clock wall() {
    return Clock.offset(pushes.clock, Duration.ofDays(200));
  }

  /** What is written down of arrivals. */
  List<Item> noted() {
    return pushes.table.all().stream()
        .filter(item -> item.key().partition().startsWith("A#"))
        .toList();
  }

  static IncomingLayer incoming(byte[] bytes) {
    return new IncomingLayer(ACCOUNT, APP, Digest.sha256(bytes), bytes.length, FROM);
  }

  Progress receive(byte[] bytes, LayerSource source) {
    return receive(transfers, bytes, source);
  }

  Progress receive(LayerTransfers by, byte[] bytes, LayerSource source) {
    return by.receive(incoming(bytes), source, new Deadline(nanoTime::get, NO_END));
  }

  static void assertComplete(Progress progress, byte[] bytes) {
    assertThat(progress).isEqualTo(new Progress(Digest.sha256(bytes), bytes.length, true));
  }

  static void assertIncomplete(Progress progress, byte[] bytes, long received) {
    assertThat(progress).isEqualTo(new Progress(Digest.sha256(bytes), received, false));
  }
}
