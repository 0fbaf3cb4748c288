package dev.berth.registry.replication;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static dev.berth.registry.replication.Replicating.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Tag;
import dev.berth.core.replication.ReplicationConfiguration;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.registry.image.Registry;
import dev.berth.registry.image.Replication.Status;
import dev.berth.registry.replication.Peer.LayerOffer;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table.Consistency;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What goes where, and what comes along. */
class ReplicationTest {

  private final Replicating replicating = new Replicating();
  private final Registry registry = replicating.registry;
  private final MemoryPeer peer = replicating.peer;

  @Test
  void aPushedImageIsReplicatedWithItsTag() {
    Digest image = registry.push(registry.image("one"), "latest").digest();

    replicating.plan();
    assertThat(replicating.status(image).status()).isEqualTo(Status.IN_PROGRESS);
    replicating.attemptAll();

    assertThat(peer.images).containsOnlyKeys(image);
    assertThat(peer.tags).containsEntry(new Tag("latest"), image);
    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
    assertThat(replicating.status(image).id().destination()).isEqualTo(WEST);
    assertThat(replicating.failures()).isEmpty();
  }

  @Test
  void onlyTheLayersThatTheDestinationLacksAreSent() {
    String manifest = registry.image("one");
    peer.layers.add(registry.layer("one"));
    registry.push(manifest, "latest");

    replicating.replicate();

    assertThat(peer.layerOffers)
        .extracting(LayerOffer::digest)
        .containsExactly(registry.layer("config of one"));
  }

  @Test
  void aLayerIsOfferedByALinkWithItsSize() {
    registry.push(registry.image("one"));
    replicating.replicate();

    assertThat(peer.layerOffers)
        .filteredOn(offer -> offer.digest().equals(registry.layer("one")))
        .extracting(LayerOffer::size, offer -> offer.url().map(URI::getScheme))
        .containsExactly(tuple(3L, Optional.of("memory")));
  }

  @Test
  void withinADeploymentNoLinkIsNeeded() {
    var other = new Destination(Replicating.REGION, "444455556666");
    replicating.known.put(other, peer);
    replicating.to(other);
    registry.push(registry.image("one"));

    replicating.replicate();

    assertThat(peer.layerOffers).hasSize(2).allMatch(offer -> offer.url().isEmpty());
  }

  @Test
  void anIndexArrivesWholeChildrenFirst() {
    Digest one = registry.push(registry.image("one")).digest();
    Digest two = registry.push(registry.image("two")).digest();
    replicating.pushes();
    Digest inner = registry.push(Registry.index(one)).digest();
    Digest outer = registry.push(Registry.index(inner, two), "latest").digest();
    var push = replicating.pushes().getLast();

    replicating.planning.plan(push);
    replicating.attemptAll();

    assertThat(replicating.taken()).containsExactly(one, inner, two, outer);
    assertThat(peer.tags.values()).containsExactly(outer);
  }

  @Test
  void aChildThatIsNamedManyTimesIsSentOnce() {
    Digest child = registry.push(registry.image("one")).digest();
    Digest inner = registry.push(Registry.index(child)).digest();
    Digest other = registry.push(Registry.index(child, inner)).digest();
    replicating.pushes();
    registry.push(Registry.index(child, inner, other), "latest");

    replicating.replicate();

    assertThat(peer.imageOffers)
        .filteredOn(offer -> offer.manifest().digest().equals(child))
        .hasSize(2);
    assertThat(peer.layerOffers).hasSize(2);
  }

  @Test
  void referrersComeAlongWithoutATag() {
    Digest image = registry.push(registry.image("one"), "latest").digest();
    String signature = registry.image("signature", Registry.referringTo(image));
    Digest referrer = registry.push(signature, "signed").digest();
    Digest ofReferrer =
        registry.push(registry.image("attestation", Registry.referringTo(referrer))).digest();
    var push = replicating.pushes().getFirst();

    replicating.planning.plan(push);
    replicating.attemptAll();

    assertThat(replicating.taken()).containsExactly(image, referrer, ofReferrer);
    assertThat(peer.tags).containsOnlyKeys(new Tag("latest"));
    assertThat(replicating.statuses(referrer)).isEmpty();
  }

  @Test
  void referrersOfChildrenThatCameAlongComeToo() {
    Digest child = registry.push(registry.image("one")).digest();
    Digest referrer =
        registry.push(registry.image("signature", Registry.referringTo(child))).digest();
    replicating.pushes();
    registry.push(Registry.index(child), "latest");

    replicating.replicate();

    assertThat(replicating.taken()).contains(referrer);
  }

  @Test
  void referrersOfReferrersComeToAnEnd() {
    Digest image = registry.push(registry.image("one"), "latest").digest();
    Digest last = image;
    for (int i = 0; i < 20; i++) {
      last = registry.push(registry.image("r" + i, Registry.referringTo(last))).digest();
    }
    var push = replicating.pushes().getFirst();

    replicating.planning.plan(push);
    replicating.attemptAll();

    assertThat(peer.images).hasSize(9);
    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
  }

  /** As EventBridge delivers what PutEvents gave it: with the account of the bus. */
  @Test
  void theRegistryIsNamedByTheResourceWhereTheBusHasAnAccountOfItsOwn() {
    Digest image = registry.push(registry.image("one"), "latest").digest();
    var push = (ObjectNode) replicating.pushes().getFirst();
    push.put("account", "999988887777")
        .putArray("resources")
        .add("arn:aws:ecr:us-east-1:123456789012:repository/team/app");

    replicating.planning.plan(push);
    var request = (ObjectNode) replicating.next();
    replicating.sending.attempt(request.put("account", "999988887777"));

    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void eachDestinationHasItsOwnAttempt() {
    var other = new Destination("eu-west-1", "444455556666");
    MemoryPeer otherPeer = new MemoryPeer();
    replicating.known.put(other, otherPeer);
    replicating.to(WEST, other);
    Digest image = registry.push(registry.image("one"), "latest").digest();

    replicating.plan();
    assertThat(replicating.asked).hasSize(2);
    assertThat(replicating.asked).extracting("id").doesNotHaveDuplicates();
    replicating.attemptAll();

    assertThat(otherPeer.images).containsOnlyKeys(image);
    assertThat(replicating.statuses(image))
        .extracting(status -> status.id().destination())
        .containsExactly(other, WEST);
  }

  @Test
  void onlyWhatIsPushedAfterItWasConfiguredIsReplicated() {
    replicating.settings.put(ACCOUNT, Replicating.REGION, ReplicationConfiguration.none());
    Digest image = registry.push(registry.image("one"), "latest").digest();
    registry.passes(Duration.ofSeconds(1));
    replicating.to(WEST);

    replicating.replicate();

    assertThat(peer.images).isEmpty();
    assertThat(replicating.statuses(image)).isEmpty();
  }

  @Test
  void anotherTagOfTheImageIsAnotherReplication() {
    String manifest = registry.image("one");
    Digest image = registry.push(manifest, "v1").digest();
    replicating.replicate();
    registry.passes(Duration.ofSeconds(1));
    registry.push(manifest, "v2");

    replicating.plan();
    assertThat(replicating.statuses(image))
        .extracting(status -> status.status())
        .containsExactly(Status.COMPLETE, Status.IN_PROGRESS);
    replicating.attemptAll();

    assertThat(peer.tags).containsOnlyKeys(new Tag("v1"), new Tag("v2"));
    assertThat(peer.layerOffers).hasSize(2);
  }

  @Test
  void aPushThatIsToldTwiceIsReplicatedOnce() {
    Digest image = registry.push(registry.image("one"), "latest").digest();
    var push = replicating.pushes().getFirst();
    replicating.planning.plan(push);
    replicating.attemptAll();
    var complete = replicating.status(image);

    registry.passes(Duration.ofHours(2));
    replicating.planning.plan(push);

    assertThat(replicating.asked).isEmpty();
    assertThat(replicating.status(image)).isEqualTo(complete);
  }

  @Test
  void anAttemptThatIsAskedForTwiceIsMadeOnce() {
    registry.push(registry.image("one"), "latest");
    replicating.plan();
    var request = replicating.next();
    replicating.sending.attempt(request);
    int offers = peer.imageOffers.size();

    replicating.sending.attempt(request);

    assertThat(peer.imageOffers).hasSize(offers);
  }

  @Test
  void aPlanThatBrokeOffBeforeItAskedIsMadeAgain() {
    Digest image = registry.push(registry.image("one"), "latest").digest();
    var push = replicating.pushes().getFirst();
    replicating.busDown = true;
    assertThatThrownBy(() -> replicating.planning.plan(push)).hasMessage("the bus is down");
    replicating.busDown = false;

    replicating.planning.plan(push);
    replicating.attemptAll();

    assertThat(replicating.status(image).status()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void statusesGoWithTheirImage() {
    String manifest = registry.image("one");
    Digest image = registry.push(manifest, "latest").digest();
    replicating.replicate();

    registry.deletion.delete(ACCOUNT, APP, image);

    assertThat(replicating.statuses(image)).isEmpty();
    replicating.to();
    registry.passes(Duration.ofSeconds(1));
    registry.push(manifest, "latest");
    replicating.replicate();
    assertThat(replicating.statuses(image)).isEmpty();
  }

  @Test
  void statusesGoWithTheirRepository() {
    registry.push(registry.image("one"), "latest");
    replicating.plan();
    String id = registry.reader.require(ACCOUNT, APP).id();

    registry.repositories.delete(ACCOUNT, APP, true);
    registry.sweeper.run();
    registry.passes(Duration.ofHours(2));
    replicating.followUp.run();

    assertThat(rows(Keys.replications(id))).isEmpty();
    assertThat(rows(Keys.openReplications())).isEmpty();
    assertThat(replicating.asked).hasSize(1);
  }

  private List<?> rows(String partition) {
    return registry.table.query(partition, "", Optional.empty(), 100, Consistency.STRONG).entries();
  }
}
