package dev.berth.registry.upload;

import static dev.berth.registry.upload.Pushes.ACCOUNT;
import static dev.berth.registry.upload.Pushes.APP;
import static dev.berth.registry.upload.Pushes.OTHER;
import static dev.berth.registry.upload.Pushes.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.registry.RegistryException.InvalidLayer;
import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.RegistryException.LayerUnavailable;
import dev.berth.registry.RegistryException.LayersNotFound;
import dev.berth.registry.RegistryException.LimitExceeded;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.encryption.KeyArn;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.repository.Repository.TagMutability;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.upload.LayerTransfers.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerTransfersTest extends ArrivingLayers {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 300, 1024, 8192, 9000, 15_000, 30_000})
  void aLayerOfAnySizeComesInOneCall(int size) {
    byte[] bytes = bytes(size);

    assertComplete(receive(bytes, TestSource.of(bytes)), bytes);

    pushes.assertPushed(APP, bytes, 1);
    assertThat(pushes.objects.keys()).hasSize(1);
    assertThat(pushes.objects.openMultiparts()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 300, Pushes.BUFFER})
  void aLayerOfOneBufferIsWrittenDownOnceItIsThereAndNotBefore(int size) {
    byte[] bytes = bytes(size);
    warm();
    var before = pushes.table.all();

    // is it there, where to, is it on its way, what is there at its commit; and the commit
    var source = TestSource.at(bytes, 0, () -> assertThat(pushes.table.all()).isEqualTo(before));
    pushes.table.takeCalls();
    assertComplete(receive(bytes, source), bytes);

    assertThat(pushes.table.takeCalls()).isEqualTo(5);
    assertThat(noted()).hasSize(1);
  }

  @Test
  void aSmallCopyInTheStoreIsNotWrittenDownBeforeItIsThereEither() {
    LayerLink there = ofAnotherAccount(SMALL);
    warm();
    pushes.table.takeCalls();

    assertComplete(transfers.copy(incoming(SMALL), there), SMALL);

    assertThat(pushes.table.takeCalls()).isEqualTo(5);
    assertThat(noted()).hasSize(1);
  }

  /** Looks the repository up, which is remembered then. */
  private void warm() {
    assertThatThrownBy(() -> receive(MIDDLE, TestSource.breakingAt(MIDDLE, 0)))
        .isInstanceOf(LayerUnavailable.class);
  }

  @Test
  void aSmallLayerWhoseSourceIsNotThereLeavesNothingBehind() {
    var before = pushes.table.all();
    assertThatThrownBy(() -> receive(SMALL, TestSource.breakingAt(SMALL, 0)))
        .isInstanceOf(LayerUnavailable.class);
    assertThat(pushes.table.all()).isEqualTo(before);
    assertThat(pushes.objects.keys()).isEmpty();
  }

  @Test
  void aLayerOfTheOtherAlgorithmComesToo() {
    Digest digest = Algorithm.SHA512.digest(LARGE);
    var layer = new IncomingLayer(ACCOUNT, APP, digest, LARGE.length, FROM);
    var deadline = new Deadline(nanoTime::get, NO_END);
    assertThatThrownBy(
            () -> transfers.receive(layer, TestSource.breakingAt(LARGE, 12_000), deadline))
        .isInstanceOf(LayerUnavailable.class);
    // its bytes are read again, by a call of its own
    assertThat(transfers.receive(layer, TestSource.of(LARGE), deadline).complete()).isFalse();
    assertThat(transfers.receive(layer, TestSource.of(LARGE), deadline).complete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 640, 1024, 5000, 8192, 8193, 14_999})
  void aStreamThatBrokeIsGoneOnWithByAnyProcess(int broken) {
    for (byte[] bytes : List.of(MIDDLE, LARGE)) {
      assertThatThrownBy(() -> receive(bytes, TestSource.breakingAt(bytes, broken)))
          .isInstanceOf(LayerUnavailable.class)
          .hasMessage(
              "The layer with digest '%s' cannot be fetched: the connection broke"
                  .formatted(Digest.sha256(bytes)));
      var source = TestSource.of(bytes);

      Progress progress = receive(anotherProcess(), bytes, source);

      assertThat(source.offsets).hasSize(1);
      assertThat(source.offsets.getFirst()).isGreaterThanOrEqualTo(broken);
      if (!progress.complete()) {
        assertIncomplete(progress, bytes, bytes.length);
        progress = receive(anotherProcess(), bytes, source);
        assertThat(source.offsets).hasSize(1);
      }
      assertComplete(progress, bytes);
      pushes.assertPushed(APP, bytes, 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"15000, 640", "30000, 640", "30000, 1"})
  void aStreamThatBreaksAgainAndAgainArrivesInTheEnd(int size, int smallestPart) {
    pushes = new Pushes(new MemoryObjects(smallestPart), Pushes.SIZES);
    transfers = anotherProcess();
    byte[] bytes = bytes(size);
    for (int broken = 700; broken < size; broken += 700) {
      int here = broken;
      assertThatThrownBy(() -> receive(bytes, TestSource.breakingAt(bytes, here)))
          .isInstanceOf(LayerUnavailable.class);
    }
    Progress progress = receive(bytes, TestSource.of(bytes));
    assertComplete(progress.complete() ? progress : receive(bytes, TestSource.of(bytes)), bytes);
    pushes.assertPushed(APP, bytes, 1);
    assertThat(pushes.objects.keys()).hasSize(1);
    assertThat(pushes.objects.openMultiparts()).isZero();
  }

  @Test
  void aSlowServerIsLeftWhenTheTimeIsOverAndGoneOnWith() {
    var slow = new TestSource(LARGE, LARGE.length, position -> nanoTime.addAndGet(1_000_000_000L));
    var received = new ArrayList<Long>();
    Progress progress;
    do {
      var deadline = Deadline.in(Duration.ofSeconds(20), nanoTime::get);
      progress = transfers.receive(incoming(LARGE), slow, deadline);
      received.add(progress.received());
    } while (!progress.complete());

    assertThat(received).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(10);
    assertThat(slow.offsets).isEqualTo(offsetsOf(received));
    pushes.assertPushed(APP, LARGE, 1);
  }

  /** Each call goes on where the one before came to. */
  private static List<Long> offsetsOf(List<Long> received) {
    List<Long> offsets = new ArrayList<>(received);
    offsets.addFirst(0L);
    offsets.removeLast();
    return offsets;
  }

  @Test
  void bytesWithAnotherDigestAreDroppedAndTheNextCallBeginsAnew() {
    byte[] garbage = LARGE.clone();
    garbage[20_000] ^= 1;
    assertThatThrownBy(() -> receive(LARGE, TestSource.breakingAt(garbage, 22_000)))
        .isInstanceOf(LayerUnavailable.class);

    assertThatThrownBy(() -> receive(LARGE, TestSource.of(LARGE))).isInstanceOf(InvalidLayer.class);

    pushes.assertNothingIsThere(LARGE);
    var source = TestSource.of(LARGE);
    assertComplete(receive(LARGE, source), LARGE);
    assertThat(source.offsets).containsExactly(0L);
  }

  @Test
  void fewerBytesAreSaidAndKept() {
    assertThatThrownBy(() -> receive(SMALL, new TestSource(SMALL, 200, at -> {})))
        .isInstanceOf(LayerUnavailable.class)
        .hasMessageEndingWith(" cannot be fetched: it ended after 200 bytes of 300");
    var source = TestSource.of(SMALL);
    receive(SMALL, source);
    assertThat(source.offsets).containsExactly(200L);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 9000})
  void moreBytesAreSaidAndDropped(int size) {
    byte[] more = bytes(size + 1);
    byte[] bytes = Pushes.slice(more, 0, size);

    assertThatThrownBy(() -> receive(bytes, TestSource.of(more)))
        .isInstanceOf(LayerUnavailable.class)
        .hasMessageEndingWith("its source sends more than its %d bytes".formatted(size));

    pushes.assertNothingIsThere(bytes);
  }

  @Test
  void aSourceThatCannotBeReachedIsSaidInItsWords() {
    assertThatThrownBy(
            () ->
                receive(
                    SMALL,
                    offset -> {
                      throw new IOException("the server answers 503");
                    }))
        .isInstanceOf(LayerUnavailable.class)
        .hasMessageEndingWith("cannot be fetched: the server answers 503");
    assertComplete(receive(SMALL, TestSource.of(SMALL)), SMALL);
  }

  @Test
  void aSizeThatWasWrongAtFirstCostsABeginningAnew() {
    byte[] larger = bytes(400);
    var wrong = new IncomingLayer(ACCOUNT, APP, Digest.sha256(SMALL), 5000, FROM);
    assertThatThrownBy(
            () ->
                transfers.receive(
                    wrong, TestSource.of(larger), new Deadline(nanoTime::get, NO_END)))
        .isInstanceOf(LayerUnavailable.class);

    assertIncomplete(receive(SMALL, TestSource.of(SMALL)), SMALL, 0);
    assertComplete(receive(SMALL, TestSource.of(SMALL)), SMALL);
  }

  @Test
  void aLayerThatIsTooLargeIsNotAskedFor() {
    var layer = new IncomingLayer(ACCOUNT, APP, Digest.sha256(SMALL), 42_001L << 20, FROM);
    var source = TestSource.of(SMALL);
    assertThatThrownBy(() -> transfers.receive(layer, source, new Deadline(nanoTime::get, NO_END)))
        .isInstanceOf(LimitExceeded.class);
    assertThat(source.offsets).isEmpty();
  }

  @Test
  void aLayerThatTheRegistryHasIsLinkedWithoutItsBytes() {
    pushes.uploads.uploadWhole(
        new Uploader(ACCOUNT, OTHER, "AIDA"), Digest.sha256(SMALL), Body.of(SMALL));
    var source = TestSource.of(SMALL);

    assertComplete(receive(SMALL, source), SMALL);
    assertComplete(receive(SMALL, source), SMALL);

    assertThat(source.offsets).isEmpty();
    pushes.assertPushed(APP, SMALL, 2);
  }

  @Test
  void aLayerThatTheRegistryHasWithAnotherKeyIsFetched() {
    encrypt();
    pushes.uploads.uploadWhole(
        new Uploader(ACCOUNT, OTHER, "AIDA"), Digest.sha256(SMALL), Body.of(SMALL));
    var source = TestSource.of(SMALL);

    assertComplete(receive(SMALL, source), SMALL);

    assertThat(source.offsets).containsExactly(0L);
  }

  @Test
  void aDisabledKeyIsSaidBeforeAByteIsFetched() {
    pushes.keys.disable(encrypt());
    var source = TestSource.of(SMALL);

    assertThatThrownBy(() -> receive(SMALL, source)).isInstanceOf(KmsFailed.class);

    assertThat(source.offsets).isEmpty();
  }

  @Test
  void aLayerOfTheDeploymentIsCopiedInItsStoreAndOutlivesItsSource() {
    LayerLink there = ofAnotherAccount(LARGE);

    assertComplete(transfers.copy(incoming(LARGE), there), LARGE);
    assertComplete(transfers.copy(incoming(LARGE), there), LARGE);

    assertThat(pushes.objects.keys()).hasSize(2);
    pushes.objects.delete(there.objectKey());
    pushes.assertPushed(APP, LARGE, 1);
  }

  @Test
  void aCopyIsEncryptedAsItsRepositorySays() {
    LayerLink there = ofAnotherAccount(SMALL);
    KeyArn key = encrypt();

    transfers.copy(incoming(SMALL), there);

    LayerLink link = pushes.layers.stat(ACCOUNT, APP, Digest.sha256(SMALL)).orElseThrow();
    assertThat(pushes.objects.encryption(link.objectKey()))
        .isEqualTo(new Encryption.Kms(key).ofObjects(ACCOUNT, APP));
  }

  @Test
  void aSourceThatIsCollectedMeanwhileIsSaidToBeMissing() {
    LayerLink there = ofAnotherAccount(SMALL);
    pushes.objects.delete(there.objectKey());

    assertThatThrownBy(() -> transfers.copy(incoming(SMALL), there))
        .isInstanceOf(LayersNotFound.class)
        .hasMessageContaining("in the registry with id '111122223333'");
    pushes.assertNothingIsThere(SMALL);
  }

  private LayerLink ofAnotherAccount(byte[] bytes) {
    pushes.repositories.create(FROM.account(), APP, Settings.defaults(), Map.of());
    return pushes.uploads.uploadWhole(
        new Uploader(FROM.account(), APP, "AIDA"), Digest.sha256(bytes), Body.of(bytes));
  }

  /** Makes the repository anew, with a key. */
  private KeyArn encrypt() {
    KeyArn key = pushes.keys.defaultKey(ACCOUNT);
    pushes.repositories.delete(ACCOUNT, APP, true);
    var settings = new Settings(TagMutability.MUTABLE, false, new Encryption.Kms(key));
    pushes.repositories.create(ACCOUNT, APP, settings, Map.of());
    return key;
  }
}
