package dev.berth.registry.replication;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.registry.image.StoredManifest;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A registry that takes images in from another one, as the one that replicates sees it. It is
 * somebody else's: what it answers is not relied on.
 */
public interface Peer {

  /**
   * Offers an image. It is taken once its layers and children are there; offering it again does no
   * harm.
   *
   * @throws PeerException if it is not taken, for good or for now
   */
  ImageAnswer replicateImage(ImageOffer offer) throws InterruptedException;

  /**
   * Has a layer fetched, or as much of it as can be in some seconds: to be repeated until it is
   * complete.
   *
   * @throws PeerException if it is not fetched, for good or for now
   */
  LayerAnswer replicateLayer(LayerOffer offer) throws InterruptedException;

  /**
   * @param tag empty for none
   */
  record ImageOffer(RepositoryName repositoryName, StoredManifest manifest, Optional<Tag> tag) {}

  /**
   * @param complete whether the image was put; else what it lacks has to come first
   */
  record ImageAnswer(List<Digest> missingLayers, List<Digest> missingImages, boolean complete) {
    public ImageAnswer {
      missingLayers = List.copyOf(missingLayers);
      missingImages = List.copyOf(missingImages);
    }
  }

  /**
   * @param size in bytes
   * @param url by which the layer can be read; empty where both registries are of one deployment
   */
  record LayerOffer(RepositoryName repositoryName, Digest digest, long size, Optional<URI> url) {

    /** The link is as good as a password. */
    @Override
    public String toString() {
      return "LayerOffer[" + repositoryName + "@" + digest + "]";
    }
  }

  /**
   * @param received how many bytes of the layer are there
   */
  record LayerAnswer(long received, boolean complete) {}
}
