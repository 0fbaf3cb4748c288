package dev.berth.registry.upload;

import static dev.berth.registry.upload.Pushes.ACCOUNT;
import static dev.berth.registry.upload.Pushes.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.registry.RegistryException.LayerUnavailable;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.upload.LayerTransfers.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a layer on its way while one call works on it. */
class LayerTransferRacesTest extends ArrivingLayers {
  @Test
  void ofTwoCallsAtOnceOneWorksAndTheOtherTellsHowFarItIs() {
    var others = new ArrayList<Progress>();
    var second = TestSource.of(LARGE);
    var first =
        TestSource.at(LARGE, 20_000, () -> others.add(receive(anotherProcess(), LARGE, second)));

    assertComplete(receive(LARGE, first), LARGE);

    assertIncomplete(others.getFirst(), LARGE, 2L * Pushes.CHECKPOINT);
    assertThat(second.offsets).isEmpty();
    pushes.assertPushed(APP, LARGE, 1);
  }

  @Test
  void aCallThatWasKilledKeepsOthersOutForHalfAMinuteAtMost() {
    var others = new ArrayList<Progress>();
    var second = TestSource.of(LARGE);
    var first =
        TestSource.at(
            LARGE,
            20_000,
            () -> {
              pushes.pass(Duration.ofSeconds(30));
              others.add(receive(anotherProcess(), LARGE, second));
            });

    // it was not killed after all, and finds that another one has ended what it began
    assertComplete(receive(LARGE, first), LARGE);

    assertComplete(others.getFirst(), LARGE);
    // with the hash that the checkpoint has, or the bytes would be read again by a further call
    assertThat(second.offsets).containsExactly(2L * Pushes.CHECKPOINT);
    pushes.assertPushed(APP, LARGE, 1);
    assertThat(pushes.objects.keys()).hasSize(1);
  }

  @Test
  void whoeverIsOvertakenInTheMiddleTellsHowFarTheOtherIs() {
    var first =
        TestSource.at(
            LARGE,
            20_000,
            () -> {
              pushes.pass(Duration.ofSeconds(30));
              var second = TestSource.breakingAt(LARGE, 18_000);
              assertThatThrownBy(() -> receive(anotherProcess(), LARGE, second))
                  .isInstanceOf(LayerUnavailable.class);
            });

    assertIncomplete(receive(LARGE, first), LARGE, 18_000);
    assertComplete(receive(LARGE, TestSource.of(LARGE)), LARGE);
    pushes.assertPushed(APP, LARGE, 1);
  }

  @Test
  void whatArrivedIsForgottenAfterADay() {
    assertThatThrownBy(() -> receive(LARGE, TestSource.breakingAt(LARGE, 12_000)))
        .isInstanceOf(LayerUnavailable.class);
    pushes.pass(Duration.ofHours(24));
    var source = TestSource.of(LARGE);

    assertComplete(receive(LARGE, source), LARGE);

    assertThat(source.offsets).containsExactly(0L);
  }

  @Test
  void noOtherRegistryGoesOnWithWhatOneBrought() {
    assertThatThrownBy(() -> receive(LARGE, TestSource.breakingAt(LARGE, 12_000)))
        .isInstanceOf(LayerUnavailable.class);
    var source = TestSource.of(LARGE);
    var other =
        new IncomingLayer(
            ACCOUNT,
            APP,
            Digest.sha256(LARGE),
            LARGE.length,
            new Source(FROM.account(), "us-west-2"));

    transfers.receive(other, source, new Deadline(nanoTime::get, NO_END));

    assertThat(source.offsets).containsExactly(0L);
    pushes.assertPushed(APP, LARGE, 1);
  }

  @Test
  void ofTwoCallsForASmallLayerThatBreakOffOneIsGoneOnWith() {
    var first =
        TestSource.at(
            SMALL,
            200,
            () -> {
              assertThatThrownBy(
                      () -> receive(anotherProcess(), SMALL, TestSource.breakingAt(SMALL, 100)))
                  .isInstanceOf(LayerUnavailable.class);
              throw new IOException("the connection broke");
            });
    assertThatThrownBy(() -> receive(SMALL, first)).isInstanceOf(LayerUnavailable.class);
    var source = TestSource.of(SMALL);

    assertIncomplete(receive(SMALL, source), SMALL, 300);
    assertComplete(receive(SMALL, source), SMALL);

    assertThat(source.offsets).containsExactly(100L);
    pushes.assertPushed(APP, SMALL, 1);
    // what the other one brought is not kept until collection finds it
    assertThat(pushes.objects.keys()).hasSize(1);
  }

  @Test
  void aSmallLayerThatTwoCallsBringAtOnceIsThereOnce() {
    var others = new ArrayList<Progress>();
    var first =
        TestSource.at(
            SMALL, 200, () -> others.add(receive(anotherProcess(), SMALL, TestSource.of(SMALL))));

    assertComplete(receive(SMALL, first), SMALL);

    assertComplete(others.getFirst(), SMALL);
    pushes.assertPushed(APP, SMALL, 1);
    assertThat(pushes.objects.keys()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 30_000})
  void callsForOneLayerFromManyRegistriesAtOnceAllEndWithIt(int size) throws Exception {
    byte[] bytes = Pushes.bytes(size);
    var done = new ArrayList<Future<Progress>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 24; i++) {
        var from = new Source("11112222333" + i % 4, FROM.region());
        var layer = new IncomingLayer(ACCOUNT, APP, Digest.sha256(bytes), bytes.length, from);
        done.add(threads.submit(() -> untilComplete(anotherProcess(), layer, bytes)));
      }
    }
    for (Future<Progress> progress : done) {
      assertComplete(progress.get(), bytes);
    }
    pushes.assertPushed(APP, bytes, 1);
    assertThat(pushes.objects.keys()).hasSize(1);
  }

  private Progress untilComplete(LayerTransfers by, IncomingLayer layer, byte[] bytes) {
    for (int calls = 0; calls < 100_000; calls++) {
      Progress progress =
          by.receive(layer, TestSource.of(bytes), new Deadline(nanoTime::get, NO_END));
      if (progress.complete()) {
        return progress;
      }
      Thread.yield();
    }
    throw new AssertionError("it never comes");
  }

  @Test
  void aRepositoryThatIsDeletedMeanwhileIsSaidSo() {
    var source = TestSource.at(SMALL, 0, () -> pushes.repositories.delete(ACCOUNT, APP, true));
    assertThatThrownBy(() -> receive(SMALL, source)).isInstanceOf(RepositoryNotFound.class);
    assertThatThrownBy(() -> receive(SMALL, source)).isInstanceOf(RepositoryNotFound.class);
  }
}
