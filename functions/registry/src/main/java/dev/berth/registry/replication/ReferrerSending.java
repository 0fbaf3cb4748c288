package dev.berth.registry.replication;

import dev.berth.core.oci.Digest;
import dev.berth.registry.image.Referrers.Referrer;
import dev.berth.registry.replication.ReferrerPosition.Step;
import dev.berth.registry.store.Page;
import java.util.List;
import java.util.Optional;

/**
 * Sends what refers to an image along one route, or to what the image names, and so on: depth first
 * and by digest, so that another attempt can go on behind it. A referrer that is pushed meanwhile
 * is replicated by itself.
 */
final class ReferrerSending {

  /** Of referrers of referrers. */
  static final int DEEPEST = 8;

  private static final int REFERRERS_PER_CALL = 100;

  private final ImageSource source;
  private final Route route;
  private final ImageSending images;
  private final ReferrerPosition position;

  ReferrerSending(ImageSource source, Route route, ImageSending images, ReferrerPosition position) {
    this.source = source;
    this.route = route;
    this.images = images;
    this.position = position;
  }

  /**
   * @param image that was sent
   * @throws PeerException if one is not taken
   */
  void send(Digest image) throws InterruptedException {
    send(image, position.from());
  }

  /**
   * @param from where to go on below the image
   */
  private void send(Digest image, List<Step> from) throws InterruptedException {
    if (position.depth() < DEEPEST) {
      List<Digest> subjects = images.withNamed(image);
      int begun = from.isEmpty() ? -1 : subjects.indexOf(from.getFirst().subject());
      if (begun >= 0) {
        goOn(from.getFirst(), from.subList(1, from.size()));
      }
      for (Digest subject : subjects.subList(begun + 1, subjects.size())) {
        sendBehind(subject, Optional.empty());
      }
    }
  }

  /** The one that was begun is offered again: not all of it may have come. */
  private void goOn(Step begun, List<Step> below) throws InterruptedException {
    if (images.subject(begun.referrer()).equals(Optional.of(begun.subject()))) {
      send(begun, below);
    }
    sendBehind(begun.subject(), Optional.of(begun.referrer().toString()));
  }

  private void sendBehind(Digest subject, Optional<String> last) throws InterruptedException {
    Optional<String> after = last;
    do {
      Page<Referrer> page = page(subject, after);
      for (Referrer referrer : page.entries()) {
        send(new Step(subject, referrer.digest()), List.of());
      }
      after = page.next();
    } while (after.isPresent());
  }

  private Page<Referrer> page(Digest subject, Optional<String> after) {
    return source
        .referrers()
        .list(
            route.account(),
            route.repositoryName(),
            subject,
            Optional.empty(),
            after,
            REFERRERS_PER_CALL);
  }

  private void send(Step step, List<Step> below) throws InterruptedException {
    position.enter(step);
    images.sendUnlessGone(step.referrer());
    if (!position.isOnTheWay()) {
      route.budget().progress();
    }
    send(step.referrer(), below);
    position.leave();
  }
}
