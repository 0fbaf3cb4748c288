package dev.berth.registry.replication;

import dev.berth.core.oci.Descriptor;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Manifest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.Reference.ByDigest;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.image.StoredManifest;
import dev.berth.registry.replication.Peer.ImageAnswer;
import dev.berth.registry.replication.Peer.ImageOffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends an image along one route, with what it names. */
final class ImageSending {

  /** Whoever lacks something that was sent twice loses it, or does not tell the truth. */
  private static final int MOST_OFFERS = 3;

  /** Of indexes in indexes. */
  private static final int DEEPEST = 8;

  private final ImageSource source;
  private final Route route;
  private final Set<Digest> begun = new HashSet<>();
  private final Map<Digest, Links> known = new HashMap<>();

  ImageSending(ImageSource source, Route route) {
    this.source = source;
    this.route = route;
  }

  /** What is kept of a manifest that was read. */
  private record Links(List<Digest> children, Optional<Digest> subject) {
    static Links of(Manifest manifest) {
      return new Links(manifest.children(), manifest.subject().map(Descriptor::digest));
    }
  }

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
    Manifest manifest = manifest(stored);
    known.put(digest, Links.of(manifest));
    for (int offers = 0; offers < MOST_OFFERS; offers++) {
      if (isTaken(stored, manifest, tag, depth)) {
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
      // it was not there before, unlike the image itself, which may have been
      route.budget().progress();
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

  /** An image that is deleted meanwhile does not come along. */
  void sendUnlessGone(Digest digest) throws InterruptedException {
    try {
      send(digest, Optional.empty());
    } catch (ImageNotFound deletedMeanwhile) {
      // so there is nothing to send
    }
  }

  /** An image, and then all that it names and what that names, each once. */
  List<Digest> withNamed(Digest digest) {
    Set<Digest> all = new LinkedHashSet<>();
    addWithNamed(digest, all, 0);
    return List.copyOf(all);
  }

  private void addWithNamed(Digest digest, Set<Digest> all, int depth) {
    if (depth <= DEEPEST && all.add(digest)) {
      links(digest).children().forEach(child -> addWithNamed(child, all, depth + 1));
    }
  }

  /** What an image refers to; empty, too, if it is gone. */
  Optional<Digest> subject(Digest digest) {
    return links(digest).subject();
  }

  private Links links(Digest digest) {
    if (!known.containsKey(digest)) {
      known.put(digest, read(digest));
    }
    return known.get(digest);
  }

  private Links read(Digest digest) {
    try {
      return Links.of(manifest(look(digest)));
    } catch (ImageNotFound deletedMeanwhile) {
      return new Links(List.of(), Optional.empty());
    }
  }

  private static Manifest manifest(StoredManifest stored) {
    return ManifestReader.read(stored.bytes(), Optional.of(stored.mediaType()));
  }
}
