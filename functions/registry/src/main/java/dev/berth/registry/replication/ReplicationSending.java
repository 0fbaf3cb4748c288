package dev.berth.registry.replication;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Tag;
import dev.berth.core.text.Excerpt;
import dev.berth.core.trigger.Triggers;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.image.AttemptRecords;
import dev.berth.registry.image.AttemptRecords.Attempt;
import dev.berth.registry.image.Replication;
import dev.berth.registry.image.Replication.Failure;
import dev.berth.registry.image.ReplicationId;
import dev.berth.registry.replication.Budget.Unfinished;
import dev.berth.registry.replication.ReferrerPosition.Step;
import dev.berth.registry.trigger.LastingFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Makes one attempt to replicate one push to one destination. A failure that may pass is thrown, so
 * that the bus tries again; after {@link Triggers#REPLICATION_TRIES} of them in a row the
 * replication has failed, as it has at once for a reason that does not pass by itself: the event is
 * a dead letter then, and begins anew when it is redriven. An image that is deleted meanwhile is no
 * failure.
 */
public final class ReplicationSending {

  /** Less than a function may take, by more than a call of a peer may. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** So that a peer that never comes to an end does. */
  private static final int MOST_CONTINUED = 100;

  private final AttemptRecords attempts;
  private final ImageSource source;
  private final Peers peers;
  private final AttemptRequests requests;
  private final LongSupplier nanoTime;

  /**
   * @param nanoTime by which an attempt comes to an end
   */
  public ReplicationSending(
      AttemptRecords attempts,
      ImageSource source,
      Peers peers,
      AttemptRequests requests,
      LongSupplier nanoTime) {
    this.attempts = attempts;
    this.source = source;
    this.peers = peers;
    this.requests = requests;
    this.nanoTime = nanoTime;
  }

  /**
   * @param event as anybody may send it; the same may come twice, and after the image is gone
   * @throws LastingFailure if it has failed for a reason that does not pass by itself
   * @throws RuntimeException if it is no such request, or to be tried again
   */
  public void attempt(JsonNode event) {
    AttemptRequest request = requests.read(event);
    attempts.begin(request.id(), request.push()).ifPresent(begun -> attempt(request, begun));
  }

  private void attempt(AttemptRequest request, Attempt attempt) {
    var budget = new Budget(nanoTime, LONGEST);
    var position = new ReferrerPosition(request.position());
    try {
      send(attempt, budget, position);
      attempts.complete(attempt);
    } catch (Unfinished e) {
      goOn(attempt, request, budget.hasProgressed(), position.reached());
    } catch (PeerException.Refused e) {
      fail(attempt, e.failure());
    } catch (KmsFailed e) {
      fail(attempt, new Failure("KmsException", e.getMessage()));
    } catch (PeerException.Failed e) {
      tryAgain(attempt, e.failure(), e);
    } catch (RuntimeException e) {
      tryAgain(attempt, new Failure("ServerException", Excerpt.of(e.toString())), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var brokenOff = new PeerException.Failed("InterruptedException", "broken off");
      tryAgain(attempt, brokenOff.failure(), brokenOff);
    }
  }

  private void send(Attempt attempt, Budget budget, ReferrerPosition position)
      throws InterruptedException {
    ReplicationId id = attempt.replication().id();
    var route =
        new Route(
            id.account(),
            id.repositoryName(),
            id.destination(),
            id.destination().region().equals(requests.region()),
            peers.peer(id.account(), id.destination()),
            budget);
    var sending = new ImageSending(source, route);
    Optional<Tag> tag = id.tag().filter(any -> attempt.isTagged());
    sending.send(id.digest(), tag);
    followTag(sending, id, tag.map(any -> id.digest()));
    new ReferrerSending(source, route, sending, position).send(id.digest());
  }

  /**
   * The tag may have moved on by now, and its new image may have reached the destination before
   * this one, which took the tag from it there. So it is offered again until the tag has not moved
   * meanwhile; a tag that never rests is gone on with when the time is over.
   *
   * @param offered to which image the tag was given there
   */
  private void followTag(ImageSending sending, ReplicationId id, Optional<Digest> offered)
      throws InterruptedException {
    Optional<Digest> at = offered;
    Optional<Digest> now = attempts.tagged(id);
    while (now.isPresent() && !now.equals(at) && offerTag(sending, id, now.get())) {
      at = now;
      now = attempts.tagged(id);
    }
  }

  /**
   * @return false where the image is not there yet, or not here any more: its own attempt brings
   *     the tag, and deletions are not replicated
   */
  private static boolean offerTag(ImageSending sending, ReplicationId id, Digest image)
      throws InterruptedException {
    try {
      return sending.offerOnce(image, id.tag().orElseThrow());
    } catch (ImageNotFound deletedMeanwhile) {
      return false;
    }
  }

  private void goOn(
      Attempt attempt, AttemptRequest request, boolean progressed, List<Step> reached) {
    if (!progressed) {
      attempts.withdraw(attempt);
      requests.ask(List.of(request.postponed()));
    } else if (request.continued() >= MOST_CONTINUED) {
      var endless = PeerException.Failed.garbage("the destination never comes to an end");
      tryAgain(attempt, endless.failure(), endless);
    } else {
      attempts.progressed(attempt);
      requests.ask(List.of(request.next(reached)));
    }
  }

  private void tryAgain(Attempt attempt, Failure failure, RuntimeException cause) {
    if (Thread.interrupted()) {
      withdraw(attempt);
      throw cause;
    }
    if (attempts.isThere(attempt.replication().id())) {
      if (attempt.replication().attempts() >= Triggers.REPLICATION_TRIES) {
        attempts.fail(attempt.replication(), failure);
      }
      throw cause;
    }
  }

  /** This deployment ends, which may be why it failed; a thread that is to end writes nothing. */
  private void withdraw(Attempt attempt) {
    try {
      attempts.withdraw(attempt);
    } finally {
      Thread.currentThread().interrupt();
    }
  }

  private void fail(Attempt attempt, Failure failure) {
    Replication replication = attempt.replication();
    if (attempts.isThere(replication.id())) {
      attempts.fail(replication, failure);
      throw new LastingFailure(
          "%s: %s: %s".formatted(replication.id(), failure.code(), failure.reason()));
    }
  }
}
