package dev.berth.registry.replication;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.oci.Digest;
import dev.berth.core.trigger.Triggers;
import dev.berth.registry.image.Registry;
import dev.berth.registry.image.Replication.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Referrers of which there are more than one attempt can send. */
class ReferrerSendingTest {

  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final Replicating replicating = new Replicating();
  private final Registry registry = replicating.registry;
  private final MemoryPeer peer = replicating.peer;

  /** An image, whose push is taken here. */
  private Digest push(String name, String more) {
    Digest image = registry.push(registry.image(name, more)).digest();
    peer.layers.add(registry.layer(name));
    peer.layers.add(registry.layer("config of " + name));
    return image;
  }

  private Digest push(String name) {
    return push(name, "");
  }

  private Digest refer(String name, Digest subject) {
    return push(name, Registry.referringTo(subject));
  }

  /** Pushes of what was made before are not replicated by themselves. */
  private void planTagOf(String name) {
    replicating.pushes();
    registry.push(registry.image(name), "latest");
    replicating.plan();
  }

  private Map<Digest, Long> offers() {
    return peer.imageOffers.stream()
        .map(offer -> offer.manifest().digest())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  @Test
  void eachAttemptGoesOnBehindTheOneBefore() {
    Digest image = push("one");
    List<Digest> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Digest referrer = refer("referrer " + i, image);
      all.add(referrer);
      all.add(refer("of " + i, referrer));
      all.add(refer("also of " + i, referrer));
    }
    planTagOf("one");
    peer.beforeImage = any -> replicating.nanos.addAndGet(A_MINUTE.toNanos());

    int attempts = 0;
    while (!replicating.asked.isEmpty()) {
      attempts++;
      replicating.sending.attempt(replicating.next());
    }

    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
    assertThat(peer.images).containsKeys(all.toArray(Digest[]::new));
    // of ten offers three are of the image and where it goes on
    assertThat(attempts).isLessThanOrEqualTo(all.size() / 7 + 1);
    assertThat(peer.imageOffers).hasSizeLessThanOrEqualTo(all.size() + 3 * attempts);
  }

  @Test
  void whatWasThereBeforeIsNoProgress() {
    Digest image = push("one");
    refer("referrer", image);
    planTagOf("one");
    peer.beforeImage = any -> replicating.nanos.addAndGet(Duration.ofMinutes(10).toNanos());
    JsonNode request = replicating.next();

    for (int i = 0; i < Triggers.REPLICATION_TRIES; i++) {
      assertThatThrownBy(() -> replicating.sending.attempt(request))
          .hasMessageContaining("nothing came");
    }

    assertThat(replicating.asked).isEmpty();
    assertThat(replicating.status(image).status()).isEqualTo(Status.FAILED);
  }

  @Test
  void aReferrerThatTakesAllTheTimeIsProgress() {
    Digest image = push("one");
    Digest first = refer("referrer", image);
    refer("of it", first);
    planTagOf("one");
    peer.beforeImage =
        offer -> {
          if (offer.manifest().digest().equals(first) && !peer.images.containsKey(first)) {
            replicating.nanos.addAndGet(A_MINUTE.multipliedBy(10).toNanos());
          }
        };

    replicating.attemptAll();

    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
  }

  /** An attempt before may have brought the image and broken off then. */
  @Test
  void referrersOfAChildComeAlongThoughTheChildIsThere() {
    Digest child = push("child");
    Digest referrer = refer("referrer", child);
    replicating.pushes();
    registry.push(Registry.index(child), "latest");
    replicating.plan();
    JsonNode request = replicating.next();
    peer.beforeImage =
        offer -> {
          if (offer.manifest().digest().equals(referrer)) {
            throw new PeerException.Failed("ConnectException", "down");
          }
        };
    assertThatThrownBy(() -> replicating.sending.attempt(request)).hasMessage("down");
    assertThat(peer.images).containsKey(child);
    peer.beforeImage = any -> {};

    replicating.sending.attempt(request);

    assertThat(peer.images).containsKey(referrer);
  }

  private ObjectNode at(Digest subject, Digest referrer) {
    var request = (ObjectNode) replicating.next();
    ArrayNode position = ((ObjectNode) request.path("detail")).putArray("position");
    position.addObject().put("subject", subject.toString()).put("referrer", referrer.toString());
    return request;
  }

  @Test
  void aReferrerThatIsDeletedWhereAnAttemptEndedIsPassedBy() {
    Digest image = push("one");
    List<Digest> referrers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      referrers.add(refer("referrer " + i, image));
    }
    referrers.sort((one, other) -> one.toString().compareTo(other.toString()));
    planTagOf("one");
    JsonNode request = at(image, referrers.get(2));
    registry.deletion.delete(ACCOUNT, APP, referrers.get(2));

    replicating.sending.attempt(request);

    assertThat(offers()).containsOnlyKeys(image, referrers.get(3), referrers.get(4));
  }

  @Test
  void aPositionBringsNothingThatIsNoReferrer() {
    Digest image = push("one");
    Digest other = push("other");
    planTagOf("one");

    replicating.sending.attempt(at(image, other));

    assertThat(offers()).containsOnlyKeys(image);
    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void aPositionBelowWhatTheImageDoesNotNameIsTheBeginning() {
    Digest image = push("one");
    Digest referrer = refer("referrer", image);
    Digest other = push("other");
    planTagOf("one");

    replicating.sending.attempt(at(other, other));

    assertThat(offers()).containsOnlyKeys(image, referrer);
  }

  @Test
  void aPositionThatIsNoneIsRefused() {
    push("one");
    planTagOf("one");
    var request = (ObjectNode) replicating.next();
    ((ObjectNode) request.path("detail")).putArray("position").add("x");

    assertThatThrownBy(() -> replicating.sending.attempt(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a request to replicate");
  }
}
