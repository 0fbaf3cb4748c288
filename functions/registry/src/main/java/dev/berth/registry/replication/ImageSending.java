package dev.berth.registry.replication;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Manifest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.Reference.ByDigest;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.image.Referrers.Referrer;
import dev.berth.registry.image.StoredManifest;
import dev.berth.registry.replication.Peer.ImageAnswer;
import dev.berth.registry.replication.Peer.ImageOffer;
import dev.berth.registry.store.Walk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sends an image along one route, with what it names and what refers to it. */
final class ImageSending {

  /** Whoever lacks something that was sent twice loses it, or does not tell the truth. */
  private static final int MOST_OFFERS = 3;

  /** Of indexes in indexes, and of referrers of referrers. */
  private static final int DEEPEST = 8;

  private static final int REFERRERS_PER_CALL = 100;

  private final ImageSource source;
  private final Route route;
  private final Set<Digest> begun = new HashSet<>();
  private final List<Sent> sent = new ArrayList<>();
  private int generation;

  ImageSending(ImageSource source, Route route) {
    this.source = source;
    this.route = route;
  }

  /**
   * An image that this has sent.
   *
   * @param generation 0 for the one that was asked for and what it names, 1 for their referrers,
   *     and so on
   */
  private record Sent(Digest digest, int generation) {}

  /**
   * Sends an image; what it names goes first.
   *
   * @throws PeerException if it is not taken
   * @throws ImageNotFound if it is gone
   */
  void send(Digest digest, Optional<Tag> tag) throws InterruptedException {
    send(digest, tag, 0);
  }

  private void send(Digest digest, Optional<Tag> tag, int depth) throws InterruptedException {
    if (!begun.add(digest)) {
      return;
    }
    StoredManifest stored = look(digest);
    Manifest manifest = ManifestReader.read(stored.bytes(), Optional.of(stored.mediaType()));
    for (int offers = 0; offers < MOST_OFFERS; offers++) {
      if (isTaken(stored, manifest, tag, depth)) {
        route.budget().progress();
        sent.add(new Sent(digest, generation));
        return;
      }
    }
    throw PeerException.Failed.garbage("image %s still lacks what was sent".formatted(digest));
  }

  /** Offers it, and sends what it lacks. */
  private boolean isTaken(StoredManifest stored, Manifest manifest, Optional<Tag> tag, int depth)
      throws InterruptedException {
    ImageAnswer answer = offer(stored, tag);
    if (answer.complete()) {
      return true;
    }
    requireNamed(answer.missingLayers(), manifest.blobs());
    requireNamed(answer.missingImages(), manifest.children());
    if (depth == DEEPEST) {
      throw new PeerException.Refused("LimitExceededException", "indexes are nested too deep");
    }
    for (Digest child : answer.missingImages()) {
      send(child, Optional.empty(), depth + 1);
    }
    source.layers().send(route, new HashSet<>(answer.missingLayers()));
    return false;
  }

  /**
   * Offers an image as it is, whatever it lacks.
   *
   * @return whether it is taken
   */
  boolean offerOnce(Digest digest, Tag tag) throws InterruptedException {
    boolean taken = offer(look(digest), Optional.of(tag)).complete();
    if (taken) {
      route.budget().progress();
    }
    return taken;
  }

  private ImageAnswer offer(StoredManifest stored, Optional<Tag> tag) throws InterruptedException {
    route.budget().check();
    return route.peer().replicateImage(new ImageOffer(route.repositoryName(), stored, tag));
  }

  private StoredManifest look(Digest digest) {
    return source.images().look(route.account(), route.repositoryName(), new ByDigest(digest));
  }

  /** What else the peer might ask for is none of its business. */
  private static void requireNamed(Collection<Digest> missing, Collection<Digest> named) {
    if (!new HashSet<>(named).containsAll(missing)) {
      throw PeerException.Failed.garbage("what is said to be missing is not in the manifest");
    }
  }

  /** Sends what refers to the images that were sent, as it is now, and so on. */
  void sendReferrers() throws InterruptedException {
    // what is sent meanwhile is looked at, too, behind what was sent before
    for (int i = 0; i < sent.size(); i++) {
      generation = sent.get(i).generation() + 1;
      if (generation <= DEEPEST) {
        for (Digest referrer : referrersOf(sent.get(i).digest())) {
          sendReferrer(referrer);
        }
      }
    }
  }

  private void sendReferrer(Digest referrer) throws InterruptedException {
    try {
      send(referrer, Optional.empty());
    } catch (ImageNotFound deletedMeanwhile) {
      // so there is nothing to come along
    }
  }

  private List<Digest> referrersOf(Digest subject) {
    List<Digest> all = new ArrayList<>();
    Walk.pages(
        after ->
            source
                .referrers()
                .list(
                    route.account(),
                    route.repositoryName(),
                    subject,
                    Optional.empty(),
                    after,
                    REFERRERS_PER_CALL),
        page -> page.stream().map(Referrer::digest).forEach(all::add));
    return all;
  }
}
