package dev.berth.registry.replication;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Tag;
import dev.berth.core.trigger.Triggers;
import dev.berth.registry.image.AttemptRecords.Attempt;
import dev.berth.registry.image.Registry;
import dev.berth.registry.image.Replication;
import dev.berth.registry.image.Replication.Status;
import dev.berth.registry.replication.PeerException.Failed;
import dev.berth.registry.replication.PeerException.Refused;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events twice, late, in another order or poisoned, and replications that nobody works on. */
class ReplicationOrderTest {

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
  void anImageThatIsDeletedMeanwhileIsNoFailure() {
    Digest image = push();
    peer.beforeLayer =
        any -> {
          registry.deletion.delete(ACCOUNT, APP, image);
          throw new Failed("UnableToGetUpstreamLayerException", "gone");
        };

    replicating.sending.attempt(replicating.next());

    assertThat(replicating.statuses(image)).isEmpty();
    assertThat(replicating.failures()).isEmpty();
  }

  @Test
  void anImageThatWasDeletedBeforeItIsPlannedIsNotPlanned() {
    Digest image = registry.push(registry.image("one"), "latest").digest();
    var push = replicating.pushes().getFirst();
    registry.deletion.delete(ACCOUNT, APP, image);

    replicating.planning.plan(push);

    assertThat(replicating.asked).isEmpty();
    assertThat(replicating.statuses(image)).isEmpty();
  }

  @Test
  void anImageThatWasDeletedBeforeItsAttemptIsNoFailure() {
    Digest image = push();
    registry.deletion.delete(ACCOUNT, APP, image);

    replicating.attemptAll();

    assertThat(peer.imageOffers).isEmpty();
  }

  @Test
  void anImageOfARepositoryThatIsMadeAnewIsAnother() {
    push();
    registry.encryptApp();
    registry.push(registry.image("one"), "latest");

    replicating.attemptAll();

    assertThat(peer.imageOffers).isEmpty();
  }

  @Test
  void aTagThatMovedOnIsLeftToItsNewImage() {
    Digest first = push();
    Digest second = registry.push(registry.image("two"), "latest").digest();
    JsonNode ofFirst = replicating.next();
    replicating.plan();
    JsonNode ofSecond = replicating.next();

    replicating.sending.attempt(ofSecond);
    replicating.sending.attempt(ofFirst);

    assertThat(peer.images).containsKeys(first, second);
    assertThat(peer.tags).containsEntry(new Tag("latest"), second);
    assertThat(replicating.status(first).status()).isEqualTo(Status.COMPLETE);
  }

  /** The worst order: the new image's attempt begins and ends while the old one's is under way. */
  @Test
  void aTagThatMovesOnWhileItsImageIsSentEndsAtItsNewImage() {
    Digest first = push();
    JsonNode ofFirst = replicating.next();
    AtomicInteger offers = new AtomicInteger();
    Digest[] second = new Digest[1];
    peer.beforeImage =
        offer -> {
          if (offers.incrementAndGet() == 2) {
            second[0] = registry.push(registry.image("two"), "latest").digest();
            replicating.replicate();
          }
        };

    replicating.sending.attempt(ofFirst);

    assertThat(peer.images).containsKeys(first, second[0]);
    assertThat(peer.tags).containsEntry(new Tag("latest"), second[0]);
  }

  @Test
  void aTagThatMovesOnAgainAndAgainEndsAtItsLastImage() {
    push();
    JsonNode ofFirst = replicating.next();
    Deque<String> moves = new ArrayDeque<>(List.of("two", "three", "four"));
    AtomicBoolean moving = new AtomicBoolean();
    Digest[] last = new Digest[1];
    peer.beforeImage =
        offer -> {
          if (offer.tag().isPresent() && !moves.isEmpty() && !moving.getAndSet(true)) {
            last[0] = registry.push(registry.image(moves.remove()), "latest").digest();
            replicating.replicate();
            moving.set(false);
          }
        };

    replicating.sending.attempt(ofFirst);

    assertThat(moves).isEmpty();
    assertThat(peer.tags).containsEntry(new Tag("latest"), last[0]);
  }

  @Test
  void aTagThatNeverRestsIsNoLoop() {
    registry.push(registry.image("two"), "latest");
    replicating.replicate();
    Digest first = push();
    peer.beforeImage =
        offer -> {
          boolean isFirst = offer.manifest().digest().equals(first);
          registry.push(registry.image(isFirst ? "two" : "one"), "latest");
          replicating.nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        };

    replicating.sending.attempt(replicating.next());

    assertThat(replicating.asked).hasSize(1);
    assertThat(replicating.status(first).status()).isEqualTo(Status.IN_PROGRESS);
    peer.beforeImage = any -> {};
    replicating.attemptAll();
    assertThat(replicating.status(first).status()).isEqualTo(Status.COMPLETE);
  }

  /** What comes in by replication goes no further, neither does the tag that it takes. */
  @Test
  void aTagThatMovedToAnImageThatIsNotReplicatedIsNotFollowed() {
    Digest first = push();
    registry.replicate(registry.image("brought"), "latest");
    peer.layers.add(registry.layer("config of brought"));
    peer.layers.add(registry.layer("brought"));

    replicating.attemptAll();

    assertThat(peer.images).containsOnlyKeys(first);
    assertThat(peer.tags).isEmpty();
  }

  @Test
  void aTagThatWasTakenAwayIsNotReplicated() {
    Digest image = push();
    registry.tags.untag(ACCOUNT, APP, new Tag("latest"));

    replicating.attemptAll();

    assertThat(peer.images).containsOnlyKeys(image);
    assertThat(peer.tags).isEmpty();
    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void anAttemptThatNobodyPlannedIsNotMade() {
    Digest image = push();
    JsonNode forged = replicating.next().deepCopy();
    ((ObjectNode) forged.path("detail")).put("destination-account", "999988887777");

    replicating.sending.attempt(forged);

    assertThat(peer.imageOffers).isEmpty();
    assertThat(replicating.status(image).status()).isEqualTo(Status.IN_PROGRESS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{\"detail-type\":\"ECR Image Action\"}",
        "{\"detail-type\":\"Something Else\",\"detail\":{}}",
        """
        {"version":"0","id":"1","detail-type":"ECR Image Action","source":"aws.ecr","account":"1",
         "time":"2026-01-01T00:00:00Z","region":"us-east-1","resources":[],"detail":{
         "result":"SUCCESS","repository-name":"../x","image-digest":"sha256:1","action-type":"PUSH"}}
        """,
        """
        {"version":"0","id":"1","detail-type":"ECR Image Action","source":"aws.ecr","account":"1",
         "time":"2026-01-01T00:00:00Z","region":"eu-west-1","resources":[],"detail":{
         "result":"SUCCESS","repository-name":"app","image-digest":"sha256:1","action-type":"PUSH"}}
        """
      })
  void poisonedEventsAreRefusedInWords(String json) {
    assertThatThrownBy(() -> replicating.planning.plan(Replicating.json(json)))
        .isInstanceOf(RuntimeException.class)
        .hasMessageMatching(".*\\S.*");
    assertThatThrownBy(() -> replicating.sending.attempt(Replicating.json(json)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a request to replicate");
    assertThat(replicating.asked).isEmpty();
  }

  @Test
  void whatNobodyWorksOnIsTakenUp() {
    Digest image = push();
    replicating.asked.clear();

    registry.passes(Replication.PATIENCE);
    replicating.followUp.run();
    assertThat(replicating.asked).isEmpty();
    registry.passes(Duration.ofSeconds(1));
    replicating.followUp.run();
    replicating.followUp.run();

    assertThat(replicating.asked).hasSize(1);
    replicating.attemptAll();
    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
    registry.passes(Duration.ofHours(2));
    replicating.followUp.run();
    assertThat(replicating.asked).isEmpty();
  }

  @Test
  void aLongQueueIsNoFailureHoweverOftenItIsTakenUp() {
    Digest image = push();
    JsonNode queued = replicating.next();
    for (int i = 0; i < TRIES + 1; i++) {
      registry.passes(Replication.PATIENCE.plusSeconds(1));
      replicating.followUp.run();
    }

    assertThat(replicating.asked).hasSize(TRIES + 1);
    assertThat(replicating.status(image).attempts()).isZero();
    assertThat(replicating.failures()).isEmpty();
    replicating.sending.attempt(queued);
    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
    int offers = peer.imageOffers.size();
    replicating.attemptAll();
    assertThat(peer.imageOffers).hasSize(offers);
  }

  @Test
  void whatIsBegunAndBrokenOffAgainAndAgainFailsInTheEnd() {
    Digest image = push();
    Attempt last =
        replicating
            .attempts
            .begin(replicating.status(image).id(), replicating.status(image).push())
            .orElseThrow();
    for (int i = 1; i < TRIES; i++) {
      registry.passes(Replication.PATIENCE.plusSeconds(1));
      replicating.followUp.run();
      assertThat(replicating.status(image).attempts()).isEqualTo(i);
      last =
          replicating
              .attempts
              .begin(replicating.status(image).id(), replicating.status(image).push())
              .orElseThrow();
    }
    assertThat(last.replication().attempts()).isEqualTo(TRIES);
    replicating.asked.clear();
    registry.passes(Replication.PATIENCE.plusSeconds(1));
    replicating.followUp.run();

    assertThat(replicating.asked).isEmpty();
    assertThat(replicating.status(image).status()).isEqualTo(Status.FAILED);
    assertThat(replicating.failures()).hasSize(1);
  }

  @Test
  void aPlanThatIsRedrivenBeginsWhatFailedAnew() {
    Digest image = registry.push(registry.image("one"), "latest").digest();
    var push = replicating.pushes().getFirst();
    replicating.planning.plan(push);
    peer.beforeImage =
        any -> {
          throw new Refused("AccessDeniedException", "no");
        };
    replicating.attemptAll();
    peer.beforeImage = any -> {};

    replicating.planning.plan(push);
    replicating.attemptAll();

    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
  }
}
