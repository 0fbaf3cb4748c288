package dev.berth.registry.replication;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.replication.Replicating.WEST;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.oci.Digest;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.registry.image.Registry;
import dev.berth.registry.image.Replication;
import dev.berth.registry.image.Replication.Status;
import dev.berth.registry.replication.PeerException.Failed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Attempts that are made at once and wait for each other; the time-out is against hanging. */
@Timeout(60)
class LayerSendingTest {

  private static final Destination OTHER = new Destination("eu-west-1", ACCOUNT);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Replicating replicating = new Replicating();
  private final Registry registry = replicating.registry;
  private final MemoryPeer peer = replicating.peer;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch hanging = new CountDownLatch(1);

  @AfterEach
  void end() {
    hanging.countDown();
    threads.close();
    assertThat(replicating.layers.isIdle()).isTrue();
  }

  private void hang() {
    try {
      hanging.await();
    } catch (InterruptedException e) {
      throw new Failed("InterruptedException", "broken off");
    }
  }

  private Future<?> attempt(JsonNode request) {
    return threads.submit(() -> replicating.sending.attempt(request));
  }

  /** Pushes an image with four layers and a config of its own, and plans it. */
  private Digest push(String name) {
    String layers =
        IntStream.range(0, 4)
            .mapToObj(i -> registry.layer(name + i))
            .map(
                layer ->
                    """
                    {"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":1}\
                    """
                        .formatted(layer))
            .collect(joining(","));
    String manifest =
        registry.image(name).replaceFirst("\"layers\":\\[.*]", "\"layers\":[" + layers + "]");
    Digest image = registry.push(manifest, name).digest();
    replicating.plan();
    return image;
  }

  private JsonNode nextTo(Destination destination) {
    JsonNode request = replicating.next();
    return request.at("/detail/destination-region").asText().equals(destination.region())
        ? request
        : nextTo(destination);
  }

  @Test
  void aDestinationThatHangsHoldsUpNoOther() throws Exception {
    var other = new MemoryPeer();
    replicating.known.put(OTHER, other);
    replicating.to(OTHER, WEST);
    var busy = new CountDownLatch(8);
    peer.beforeLayer =
        any -> {
          busy.countDown();
          hang();
        };
    List<Future<?>> attempts = new ArrayList<>();
    for (String name : List.of("one", "two", "three")) {
      push(name);
      attempts.add(attempt(nextTo(WEST)));
    }
    busy.await();

    Digest image = push("four");
    replicating.sending.attempt(nextTo(OTHER));

    assertThat(other.images).containsKey(image);
    assertThat(attempts).noneMatch(Future::isDone);
  }

  @Test
  void aDestinationIsAskedForSomeLayersAtATime() throws Exception {
    var busy = new CountDownLatch(8);
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    peer.beforeLayer =
        any -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          busy.countDown();
          hang();
          now.decrementAndGet();
        };
    List<Future<?>> attempts = new ArrayList<>();
    for (String name : List.of("one", "two", "three", "four")) {
      push(name);
      attempts.add(attempt(replicating.next()));
    }
    busy.await();
    hanging.countDown();
    for (Future<?> attempt : attempts) {
      attempt.get();
    }

    assertThat(most).hasValue(8);
    assertThat(peer.images).hasSize(4);
  }

  @Test
  void whoWaitsInVainForAnotherAttemptHasNotFailed() throws Exception {
    Digest image = registry.push(registry.image("one"), "first").digest();
    registry.push(registry.image("one"), "second");
    replicating.plan();
    var busy = new CountDownLatch(2);
    peer.beforeLayer =
        any -> {
          busy.countDown();
          hang();
        };
    attempt(replicating.next());
    busy.await();

    // once more than a peer may come forward without an end
    for (int i = 0; i <= 100; i++) {
      peer.beforeImage = any -> replicating.nanos.addAndGet(LONGEST.minusNanos(1).toNanos());
      JsonNode request = replicating.next();
      replicating.sending.attempt(request);

      assertThat(of(image, "second").status()).isEqualTo(Status.IN_PROGRESS);
      assertThat(of(image, "second").attempts()).isZero();
      assertThat(replicating.asked).hasSize(1);
      assertThat(replicating.asked.getFirst().id()).isNotEqualTo(request.path("id").asText());
    }
    peer.beforeImage = any -> {};
    hanging.countDown();
    replicating.attemptAll();
    assertThat(of(image, "second").status()).isEqualTo(Status.COMPLETE);
    assertThat(replicating.failures()).isEmpty();
  }

  private Replication of(Digest image, String tag) {
    return replicating.statuses(image).stream()
        .filter(it -> it.id().tag().orElseThrow().value().equals(tag))
        .findFirst()
        .orElseThrow();
  }
}
