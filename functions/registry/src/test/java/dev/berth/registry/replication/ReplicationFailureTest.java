package dev.berth.registry.replication;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.oci.Digest;
import dev.berth.core.replication.ReplicationConfiguration;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.core.replication.ReplicationConfiguration.FilterType;
import dev.berth.core.replication.ReplicationConfiguration.RepositoryFilter;
import dev.berth.core.replication.ReplicationConfiguration.Rule;
import dev.berth.core.trigger.Triggers;
import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.encryption.KeyArn;
import dev.berth.registry.image.Registry;
import dev.berth.registry.image.Replication.Failure;
import dev.berth.registry.image.Replication.Status;
import dev.berth.registry.replication.Peer.ImageAnswer;
import dev.berth.registry.replication.Peer.LayerAnswer;
import dev.berth.registry.replication.PeerException.Failed;
import dev.berth.registry.replication.PeerException.Refused;
import dev.berth.registry.trigger.LastingFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of replications whose other side, or own side, is not as it should be. */
class ReplicationFailureTest {

  private static final int TRIES = Triggers.REPLICATION_TRIES;

  private final Replicating replicating = new Replicating();
  private final Registry registry = replicating.registry;
  private final MemoryPeer peer = replicating.peer;

  private Digest push() {
    Digest image = registry.push(registry.image("one"), "latest").digest();
    replicating.plan();
    return image;
  }

  @Test
  void aDestinationThatIsDownIsTriedAgainUntilItHasFailed() {
    Digest image = push();
    peer.beforeImage = failing("ConnectException");
    JsonNode request = replicating.next();
    for (int tries = 1; tries < TRIES; tries++) {
      assertFailing(request);
      assertThat(replicating.status(image).status()).isEqualTo(Status.IN_PROGRESS);
    }
    assertThat(replicating.failures()).isEmpty();

    assertFailing(request);

    assertThat(replicating.status(image).status()).isEqualTo(Status.FAILED);
    assertThat(replicating.status(image).failure())
        .contains(new Failure("ConnectException", "down"));
    assertThat(replicating.failures()).hasSize(1);
  }

  @Test
  void anAttemptThatTheEndOfTheHostBreaksOffDoesNotCount() {
    Digest image = push();
    JsonNode request = replicating.next();
    peer.beforeImage = any -> Thread.currentThread().interrupt();
    MemoryPeer.LayerAnswers whole = peer.layerAnswers;
    peer.layerAnswers = (offer, call) -> new LayerAnswer(0, false);
    for (int i = 0; i <= TRIES; i++) {
      assertFailing(request);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(replicating.status(image).attempts()).isZero();
    }
    peer.beforeImage = any -> {};
    peer.layerAnswers = whole;

    replicating.sending.attempt(request);

    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
    assertThat(replicating.failures()).isEmpty();
  }

  @Test
  void aFaultBecauseTheHostEndsDoesNotCount() {
    Digest image = push();
    JsonNode request = replicating.next();
    peer.beforeImage =
        any -> {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("closed");
        };
    for (int i = 0; i <= TRIES; i++) {
      assertFailing(request);
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(replicating.status(image).status()).isEqualTo(Status.IN_PROGRESS);
    assertThat(replicating.status(image).attempts()).isZero();
  }

  @Test
  void aFailureIsToldWithItsSourceAndTheRepositoryThatLacksTheImage() {
    Digest image = push();
    peer.beforeImage = refusing("AccessDeniedException");
    replicating.attemptAll();

    var event = replicating.failures().getFirst();
    assertThat(event.result()).isEqualTo("FAILURE");
    assertThat(event.actionType()).isEqualTo("REPLICATE");
    assertThat(event.imageDigest()).isEqualTo(image.toString());
    assertThat(event.imageTag()).contains("latest");
    assertThat(event.sourceAccount()).isEqualTo(ACCOUNT);
    assertThat(event.sourceRegion()).isEqualTo(Replicating.REGION);
    assertThat(event.envelope().account()).isEqualTo(ACCOUNT);
    assertThat(event.envelope().region()).isEqualTo(Replicating.REGION);
    assertThat(event.envelope().resources())
        .containsExactly("arn:aws:ecr:us-west-2:123456789012:repository/team/app");
  }

  @Test
  void aDeadLetterThatIsRedrivenBeginsAnew() {
    Digest image = push();
    peer.beforeImage = failing("ConnectException");
    JsonNode request = replicating.next();
    for (int tries = 1; tries <= TRIES; tries++) {
      assertFailing(request);
    }

    assertFailing(request);
    assertThat(replicating.status(image).status()).isEqualTo(Status.IN_PROGRESS);
    assertThat(replicating.status(image).attempts()).isEqualTo(1);
    peer.beforeImage = any -> {};
    replicating.sending.attempt(request);

    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
    assertThat(replicating.status(image).failure()).isEmpty();
    assertThat(replicating.failures()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AccessDeniedException", "RepositoryNotFoundException", "KmsException"})
  void whatTryingAgainDoesNotHelpHasFailedAtOnce(String code) {
    Digest image = push();
    peer.beforeImage = refusing(code);

    replicating.attemptAll();

    assertThat(replicating.status(image).failure()).contains(new Failure(code, "no"));
    assertThat(replicating.failures()).hasSize(1);
    assertThat(replicating.deadLetters).hasSize(1);
  }

  @Test
  void aPolicyThatIsWithdrawnHalfWayFails() {
    Digest image = push();
    peer.beforeLayer =
        offer -> {
          peer.layers.add(offer.digest());
          peer.beforeImage = refusing("AccessDeniedException");
        };

    replicating.attemptAll();

    assertThat(replicating.status(image).failure())
        .contains(new Failure("AccessDeniedException", "no"));
    assertThat(peer.images).isEmpty();

    peer.beforeImage = any -> {};
    replicating.sending.attempt(replicating.deadLetters.getFirst());
    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void indexesThatAreNestedTooDeepHaveFailedAtOnce() {
    Digest image = registry.push(registry.image("one")).digest();
    for (int i = 0; i < 10; i++) {
      image = registry.push(Registry.index(image)).digest();
    }
    replicating.pushes();
    Digest deepest = registry.push(Registry.index(image), "latest").digest();

    replicating.replicate();

    assertThat(replicating.status(deepest).failure())
        .contains(new Failure("LimitExceededException", "indexes are nested too deep"));
    assertThat(replicating.status(deepest).attempts()).isEqualTo(1);
    assertThat(replicating.deadLetters).hasSize(1);
  }

  @Test
  void aRegionThatNobodyKnowsHasFailedAtOnce() {
    replicating.to(new Destination("ap-south-1", ACCOUNT));
    Digest image = push();

    replicating.attemptAll();

    assertThat(replicating.status(image).failure().map(Failure::code))
        .contains("RegionNotConfiguredException");
  }

  @Test
  void aDestinationThatWasRemovedGetsNothingOfWhatIsStillQueued() {
    Digest image = push();
    replicating.to(new Destination("eu-west-1", ACCOUNT));

    replicating.attemptAll();

    assertThat(peer.imageOffers).isEmpty();
    assertThat(replicating.status(image).failure())
        .contains(
            new Failure(
                "DestinationRemovedException",
                "the replication configuration does not name registry 123456789012 in us-west-2"
                    + " any more"));
    assertThat(replicating.failures()).hasSize(1);
  }

  @Test
  void aDestinationThatWasRemovedGetsNothingOfWhatIsRedriven() {
    Digest image = push();
    peer.beforeImage = refusing("AccessDeniedException");
    replicating.attemptAll();
    peer.beforeImage = any -> {};
    replicating.to();
    JsonNode letter = replicating.deadLetters.getFirst();

    assertThatThrownBy(() -> replicating.sending.attempt(letter))
        .isInstanceOf(LastingFailure.class);

    assertThat(peer.images).isEmpty();
    assertThat(replicating.status(image).failure().map(Failure::code))
        .contains("DestinationRemovedException");
    replicating.to(Replicating.WEST);
    replicating.sending.attempt(letter);
    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void aFilterThatNoLongerMatchesKeepsNothingBackThatWasPlanned() {
    Digest image = push();
    replicating.settings.put(
        ACCOUNT,
        Replicating.REGION,
        new ReplicationConfiguration(
            List.of(
                new Rule(
                    List.of(Replicating.WEST),
                    List.of(new RepositoryFilter("other/", FilterType.PREFIX_MATCH))))));

    replicating.attemptAll();

    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void aKeyThatIsDisabledFailsWithKmsException() {
    KeyArn key = registry.encryptApp();
    Digest image = push();
    registry.keys.disable(key);

    replicating.attemptAll();

    assertThat(replicating.status(image).failure().map(Failure::code)).contains("KmsException");
  }

  @Test
  void aKeyThatIsDisabledBeforeItsLayersAreReadFailsWithKmsException() {
    KeyArn key = registry.encryptApp();
    Digest image = push();
    peer.beforeImage = any -> registry.keys.disable(key);

    replicating.attemptAll();

    assertThat(replicating.status(image).status()).isEqualTo(Status.FAILED);
    assertThat(replicating.status(image).failure())
        .contains(new Failure("KmsException", KmsFailed.disabled(key).getMessage()));
    assertThat(peer.layerOffers).isEmpty();
    assertThat(replicating.deadLetters).hasSize(1);
  }

  @Test
  void aDestinationThatAsksForWhatTheImageDoesNotNameIsNotGivenIt() {
    Digest secret = registry.layer("of another image");
    Digest image = push();
    peer.imageAnswers = any -> new ImageAnswer(List.of(secret), List.of(), false);

    assertThat(replicating.triesOfNext(TRIES)).isGreaterThan(TRIES);

    assertThat(peer.layerOffers).isEmpty();
    assertThat(replicating.status(image).failure().map(Failure::code))
        .contains("InvalidAnswerException");
  }

  @Test
  void aDestinationThatAsksForImagesThatAreNoChildrenIsNotGivenThem() {
    Digest other = registry.push(registry.image("other")).digest();
    replicating.pushes();
    push();
    peer.imageAnswers = any -> new ImageAnswer(List.of(), List.of(other), false);

    assertFailing(replicating.next());

    assertThat(replicating.taken()).doesNotContain(other);
  }

  @Test
  void aDestinationThatNeverHasWhatItTookIsNoLoop() {
    push();
    peer.layerAnswers = (offer, call) -> new LayerAnswer(offer.size(), true);

    assertFailing(replicating.next());

    assertThat(peer.imageOffers).hasSize(3);
    assertThat(peer.layerOffers).hasSize(6);
  }

  @Test
  void aDestinationThatLacksNothingAndTakesNothingIsNoLoop() {
    push();
    peer.imageAnswers = any -> new ImageAnswer(List.of(), List.of(), false);

    assertFailing(replicating.next());

    assertThat(peer.imageOffers).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 4, Long.MAX_VALUE})
  void aDestinationThatHasBytesThatThereAreNotIsNotBelieved(long received) {
    Digest image = push();
    peer.layerAnswers =
        (offer, call) ->
            offer.digest().equals(Digest.sha256("one".getBytes(UTF_8)))
                ? new LayerAnswer(received, true)
                : new LayerAnswer(offer.size(), true);

    assertFailing(replicating.next());

    assertThat(replicating.status(image).status()).isEqualTo(Status.IN_PROGRESS);
  }

  @Test
  void aSlowDestinationIsWaitedForWhileItComesForward() {
    Digest image = push();
    peer.layerAnswers =
        (offer, call) -> {
          boolean complete = call > offer.size();
          if (complete) {
            peer.layers.add(offer.digest());
          }
          return new LayerAnswer(complete ? offer.size() : call - 1, complete);
        };

    replicating.attemptAll();

    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
    assertThat(replicating.pauses).isEmpty();
  }

  @Test
  void aLayerThatSomebodyElseIsSendingIsWaitedFor() {
    Digest image = push();
    peer.layerAnswers =
        (offer, call) -> {
          peer.layers.add(offer.digest());
          return new LayerAnswer(call > 3 ? offer.size() : 0, call > 3);
        };

    replicating.attemptAll();

    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
    assertThat(replicating.pauses).hasSize(4).containsOnly("PT1S");
  }

  @Test
  void aLayerThatNeverComesForwardIsNoLoop() {
    push();
    peer.layerAnswers = (offer, call) -> new LayerAnswer(0, false);

    assertFailing(replicating.next());

    assertThat(replicating.pauses).hasSizeLessThanOrEqualTo(2 * 120);
  }

  @Test
  void anAttemptThatComesForwardIsGoneOnWithWhenItsTimeIsOver() {
    Digest image = push();
    peer.layers.add(registry.layer("config of one"));
    peer.layerAnswers =
        (offer, call) -> {
          replicating.nanos.addAndGet(Duration.ofMinutes(6).toNanos());
          if (call == 3) {
            peer.layers.add(offer.digest());
          }
          return new LayerAnswer(call, call == 3);
        };

    JsonNode request = replicating.next();
    replicating.sending.attempt(request);

    assertThat(replicating.status(image).status()).isEqualTo(Status.IN_PROGRESS);
    assertThat(replicating.status(image).attempts()).isZero();
    assertThat(replicating.asked).hasSize(1);
    assertThat(replicating.asked.getFirst().id()).isNotEqualTo(request.path("id").textValue());
    replicating.attemptAll();
    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void anAttemptOfWhichNothingCameIsAFailedOne() {
    push();
    peer.layerAnswers =
        (offer, call) -> {
          replicating.nanos.addAndGet(Duration.ofMinutes(11).toNanos());
          return new LayerAnswer(0, false);
        };

    assertFailing(replicating.next());

    assertThat(replicating.asked).isEmpty();
  }

  @Test
  void aDestinationThatAlwaysComesForwardAndNeverEndsFails() {
    Digest image = push();
    peer.layers.add(registry.layer("config of one"));
    AtomicInteger calls = new AtomicInteger();
    peer.beforeImage = any -> calls.set(0);
    peer.layerAnswers =
        (offer, call) -> {
          replicating.nanos.addAndGet(Duration.ofMinutes(1).toNanos());
          return new LayerAnswer(calls.incrementAndGet() % 4, false);
        };
    int asked = 0;
    while (!replicating.asked.isEmpty() && asked < 1000) {
      asked++;
      replicating.triesOfNext(TRIES);
    }

    assertThat(asked).isEqualTo(101);
    assertThat(replicating.status(image).status()).isEqualTo(Status.FAILED);
  }

  @Test
  void ofAFailedLayerTheOthersAreBrokenOff() {
    String layers = "";
    for (int i = 0; i < 200; i++) {
      layers += (i > 0 ? "," : "") + layer(registry.layer("layer " + i));
    }
    String manifest =
        registry
            .image("many")
            .replaceFirst("\"layers\":\\[.*]", "\"layers\":[" + layers.replace("$", "") + "]");
    registry.push(manifest, "many");
    replicating.plan();
    peer.beforeLayer = any -> failing("ConnectException").accept(null);

    assertFailing(replicating.next());

    assertThat(peer.layerOffers).hasSizeLessThanOrEqualTo(4);
  }

  private static String layer(Digest digest) {
    return "{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\",\"digest\":\"%s\",\"size\":1}"
        .formatted(digest);
  }

  private void assertFailing(JsonNode request) {
    assertThatThrownBy(() -> replicating.sending.attempt(request))
        .isInstanceOf(RuntimeException.class);
  }

  private static <T> Consumer<T> failing(String code) {
    return any -> {
      throw new Failed(code, "down");
    };
  }

  private static <T> Consumer<T> refusing(String code) {
    return any -> {
      throw new Refused(code, "no");
    };
  }
}
