package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.registry.RegistryException.ImageTagAlreadyExists;
import dev.berth.registry.RegistryException.LayersNotFound;
import dev.berth.registry.RegistryException.ReferencedImagesNotFound;
import dev.berth.registry.image.ImagePush.Push;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.layer.Layers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes in images that another registry replicates: a push, but that it says what is missing
 * instead of failing, and leaves a tag off that it may not move (guide, "Considerations for private
 * image replication").
 */
public final class IncomingImages {

  /** A layer may come, or the tag be taken, while it is looked for; not again and again. */
  private static final int MOST_ROUNDS = 10;

  private final ImagePush images;
  private final Layers layers;

  public IncomingImages(ImagePush images, Layers layers) {
    this.images = images;
    this.layers = layers;
  }

  /**
   * What became of an image.
   *
   * @param tag that it has; empty where it came without one, or the repository's tags are immutable
   *     and another image has it
   * @param missingLayers that the repository has to get before, none where the image is there
   * @param missingImages likewise: children of an index
   */
  public record Replicated(
      Digest digest, Optional<Tag> tag, List<Digest> missingLayers, List<Digest> missingImages) {

    public Replicated {
      missingLayers = List.copyOf(missingLayers);
      missingImages = List.copyOf(missingImages);
    }

    /** Whether the image is there. */
    public boolean complete() {
      return missingLayers.isEmpty() && missingImages.isEmpty();
    }
  }

  /**
   * Puts an image, or a tag of one, where all that it names is there; does nothing where it is
   * there itself.
   *
   * @throws dev.berth.registry.RegistryException.RepositoryNotFound if the repository does not
   *     exist
   * @throws dev.berth.registry.RegistryException.LimitExceeded as {@link ImagePush#push}
   */
  public Replicated replicate(String account, RepositoryName name, Push push, Source source) {
    Push attempted = push;
    for (int round = 1; ; round++) {
      try {
        images.replicate(account, name, attempted, source);
        return new Replicated(push.digest(), attempted.tag(), List.of(), List.of());
      } catch (ImageTagAlreadyExists taken) {
        attempted = push.withoutTag();
      } catch (ReferencedImagesNotFound children) {
        return new Replicated(push.digest(), attempted.tag(), List.of(), children.missing());
      } catch (LayersNotFound some) {
        List<Digest> missing = missing(account, name, push);
        if (!missing.isEmpty()) {
          return new Replicated(push.digest(), attempted.tag(), missing, List.of());
        }
        if (round == MOST_ROUNDS) {
          throw some;
        }
      }
    }
  }

  /** To look for the others keeps them until the missing ones have come. */
  private List<Digest> missing(String account, RepositoryName name, Push push) {
    List<Digest> named = push.manifest().blobs();
    Map<Digest, LayerLink> there = layers.availability(account, name, named);
    return named.stream().filter(digest -> !there.containsKey(digest)).toList();
  }
}
