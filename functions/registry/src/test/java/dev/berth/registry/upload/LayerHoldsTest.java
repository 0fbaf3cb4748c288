package dev.berth.registry.upload;

import static dev.berth.registry.upload.Pushes.ACCOUNT;
import static dev.berth.registry.upload.Pushes.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.registry.RegistryException.LayerUnavailable;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.store.Expirations;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.upload.LayerTransfers.Progress;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a call keeps others away from a layer, and how long what it brought is kept. */
@Timeout(60)
class LayerHoldsTest extends ArrivingLayers {

  private final Beats beats = new Beats();
  private final List<Progress> others = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();

  /** Whose calls of one method take longer than a hold, and are looked at in their middle. */
  private LayerTransfers slow(String method, Runnable inTheMiddle) {
    Objects slow =
        (Objects)
            Proxy.newProxyInstance(
                Objects.class.getClassLoader(),
                new Class<?>[] {Objects.class},
                (_, called, arguments) -> {
                  if (called.getName().equals(method)) {
                    calls.add(method);
                    pushes.pass(Duration.ofSeconds(20));
                    beats.beat();
                    pushes.pass(Duration.ofSeconds(20));
                    inTheMiddle.run();
                  }
                  try {
                    return called.invoke(pushes.objects, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return transfers(slow, Pushes.SIZES, beats);
  }

  @Test
  void aCopyThatTakesLongIsNotBegunBesideItself() {
    pushes.repositories.create(FROM.account(), APP, Settings.defaults(), Map.of());
    LayerLink there =
        pushes.uploads.uploadWhole(
            new Uploader(FROM.account(), APP, "AIDA"), Digest.sha256(LARGE), Body.of(LARGE));
    LayerTransfers slow =
        slow("copy", () -> others.add(anotherProcess().copy(incoming(LARGE), there)));

    assertComplete(slow.copy(incoming(LARGE), there), LARGE);

    assertIncomplete(others.getFirst(), LARGE, 0);
    pushes.assertPushed(APP, LARGE, 1);
    assertThat(pushes.objects.keys()).hasSize(2);
    assertThat(calls).hasSize(1);
  }

  @Test
  void aVerificationThatTakesLongIsNotBegunBesideItself() {
    Digest digest = Algorithm.SHA512.digest(LARGE);
    var layer = new IncomingLayer(ACCOUNT, APP, digest, LARGE.length, FROM);
    var deadline = new Deadline(nanoTime::get, NO_END);
    assertThatThrownBy(
            () -> transfers.receive(layer, TestSource.breakingAt(LARGE, 12_000), deadline))
        .isInstanceOf(LayerUnavailable.class);
    transfers.receive(layer, TestSource.of(LARGE), deadline);
    var source = TestSource.of(LARGE);
    LayerTransfers slow =
        slow("get", () -> others.add(anotherProcess().receive(layer, source, deadline)));

    assertThat(slow.receive(layer, source, deadline).complete()).isTrue();

    assertThat(others).isNotEmpty().allMatch(other -> !other.complete());
    assertThat(source.offsets).isEmpty();
    assertThat(pushes.objects.keys()).hasSize(1);
  }

  @Test
  void aCallThatEndsLetsOthersInAtOnce() {
    LayerTransfers renewing = transfers(pushes.objects, Pushes.SIZES, beats);
    assertThatThrownBy(() -> receive(renewing, LARGE, TestSource.breakingAt(LARGE, 12_000)))
        .isInstanceOf(LayerUnavailable.class);
    assertComplete(receive(LARGE, TestSource.of(LARGE)), LARGE);
  }

  @Test
  void aRenewalDoesNotTakeBackWhatAnotherCallHasTaken() {
    var key = Keys.arrival("r", Digest.sha256(LARGE), FROM.account(), FROM.region());
    Arrival first = Arrival.held(key, "u", wall().instant());
    pushes.table.transact(first.takenAfter(Optional.empty()));
    assertThat(pushes.table.transact(first.renewed(wall().instant())).committed()).isTrue();
    Arrival second = Arrival.held(key, "u", wall().instant());
    pushes.table.transact(second.takenAfter(Optional.of(first)));

    assertThat(pushes.table.transact(first.renewed(wall().instant())).committed()).isFalse();
  }

  @Test
  void whatArrivedIsSweptADayLaterWhateverTheClockOfTheRegistrySays() {
    for (byte[] bytes : List.of(SMALL, LARGE)) {
      assertThatThrownBy(() -> receive(bytes, TestSource.breakingAt(bytes, 200)))
          .isInstanceOf(LayerUnavailable.class);
    }
    Expirations.sweep(pushes.table, wall().instant().plus(Duration.ofHours(24)));
    assertThat(noted()).hasSize(2);

    Expirations.sweep(pushes.table, wall().instant().plus(Duration.ofHours(26)));

    assertThat(noted()).isEmpty();
  }
}
