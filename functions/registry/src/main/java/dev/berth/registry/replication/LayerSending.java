package dev.berth.registry.replication;

import dev.berth.core.oci.Digest;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.layer.Layers;
import dev.berth.registry.replication.Peer.LayerAnswer;
import dev.berth.registry.replication.Peer.LayerOffer;
import dev.berth.registry.store.Objects;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has layers fetched by other registries, several at a time. The registry that fetches remembers
 * how far it has come, so what is broken off is gone on with.
 */
public final class LayerSending {

  /** Of one image at once. */
  private static final int PER_IMAGE = 4;

  /** Of all images at once to one destination: a slow one keeps no room from another. */
  private static final int PER_DESTINATION = 8;

  /** As long as one call may take to begin to read, and more. */
  private static final Duration LINK_VALIDITY = Duration.ofMinutes(10);

  /** While another call works on the layer, there is nothing to do but wait. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final int MOST_PAUSES = 120;

  private final Layers layers;
  private final Objects objects;
  private final Pause pause;
  private final Places<Destination> rooms = new Places<>(PER_DESTINATION);
  private final Places<Sent> turns = new Places<>(1);

  public LayerSending(Layers layers, Objects objects, Pause pause) {
    this.layers = layers;
    this.objects = objects;
    this.pause = pause;
  }

  /**
   * Returns when all are there; the first that fails breaks off the others.
   *
   * @throws PeerException if one is not taken
   * @throws Budget.Unfinished if the time is over
   */
  void send(Route route, Collection<Digest> digests) throws InterruptedException {
    var threads =
        Executors.newFixedThreadPool(PER_IMAGE, Thread.ofVirtual().name("layer-", 0).factory());
    var broken = new AtomicBoolean();
    try (threads) {
      var sent = new ExecutorCompletionService<Void>(threads);
      for (Digest digest : digests) {
        sent.submit(() -> unlessBroken(broken, () -> inTurn(route, digest)), null);
      }
      try {
        for (int i = 0; i < digests.size(); i++) {
          sent.take().get();
        }
      } catch (ExecutionException e) {
        throw unwrapped(e);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  /** Those that wait are not begun in the moment before they are broken off. */
  private static void unlessBroken(AtomicBoolean broken, Runnable sending) {
    if (!broken.get()) {
      boolean done = false;
      try {
        sending.run();
        done = true;
      } finally {
        if (!done) {
          broken.set(true);
        }
      }
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    return e.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException(e.getCause());
  }

  /** Whom several images are sent at once to asks for a layer that they share in one turn. */
  private record Sent(Destination destination, Digest digest) {}

  private void inTurn(Route route, Digest digest) {
    try {
      // who has a room waits for no turn, so that they do not wait for each other
      turns.work(
          new Sent(route.destination(), digest),
          route.budget(),
          () -> rooms.work(route.destination(), route.budget(), () -> send(route, digest)));
    } catch (InterruptedException e) {
      throw new PeerException.Failed("InterruptedException", "broken off");
    }
  }

  /** Whether no layer is being sent or waited for. */
  boolean isIdle() {
    return turns.isEmpty() && rooms.isEmpty();
  }

  private void send(Route route, Digest digest) throws InterruptedException {
    long before = -1;
    int pauses = 0;
    while (true) {
      route.budget().check();
      LayerLink link = link(route, digest);
      LayerAnswer answer = checked(route.peer().replicateLayer(offer(route, link)), link);
      if (answer.complete()) {
        route.budget().progress();
        return;
      }
      if (answer.received() > before) {
        if (before >= 0) {
          route.budget().progress();
        }
        before = answer.received();
        pauses = 0;
      } else if (pauses++ < MOST_PAUSES) {
        pause.pause(PAUSE);
      } else {
        throw new PeerException.Failed(
            "TimeoutException", "layer %s makes no progress".formatted(digest));
      }
    }
  }

  private LayerLink link(Route route, Digest digest) {
    return layers
        .open(route.account(), route.repositoryName(), digest)
        .orElseThrow(
            () ->
                new PeerException.Failed(
                    "LayersNotFoundException", "layer %s is not here".formatted(digest)));
  }

  private LayerOffer offer(Route route, LayerLink link) {
    return new LayerOffer(
        route.repositoryName(),
        link.digest(),
        link.size(),
        route.within()
            ? Optional.empty()
            : Optional.of(objects.signedLink(link.objectKey(), Objects.Method.GET, LINK_VALIDITY)));
  }

  private static LayerAnswer checked(LayerAnswer answer, LayerLink link) {
    if (answer.received() < 0 || answer.received() > link.size()) {
      throw PeerException.Failed.garbage(
          "%d bytes of layer %s, which has %d"
              .formatted(answer.received(), link.digest(), link.size()));
    }
    return answer;
  }
}
