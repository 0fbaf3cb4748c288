package dev.berth.registry.replication;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Manifest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.Tag;
import dev.berth.registry.image.StoredManifest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A registry elsewhere that takes images in as it should, or does what it is told instead. */
final class MemoryPeer implements Peer {

  final Set<Digest> layers = new CopyOnWriteArraySet<>();
  final Map<Digest, StoredManifest> images = Collections.synchronizedMap(new LinkedHashMap<>());
  final Map<Tag, Digest> tags = Collections.synchronizedMap(new LinkedHashMap<>());
  final List<LayerOffer> layerOffers = new CopyOnWriteArrayList<>();
  final List<ImageOffer> imageOffers = new CopyOnWriteArrayList<>();

  /** What happens before an answer; may throw. */
  Consumer<ImageOffer> beforeImage = any -> {};

  Consumer<LayerOffer> beforeLayer = any -> {};
  UnaryOperator<ImageAnswer> imageAnswers = UnaryOperator.identity();

  /** What is answered instead of taking the layer whole. */
  LayerAnswers layerAnswers =
      (offer, call) -> {
        layers.add(offer.digest());
        return new LayerAnswer(offer.size(), true);
      };

  interface LayerAnswers {
    /**
     * @param call of this layer, from 1
     */
    LayerAnswer answer(LayerOffer offer, long call);
  }

  @Override
  public ImageAnswer replicateImage(ImageOffer offer) {
    imageOffers.add(offer);
    beforeImage.accept(offer);
    StoredManifest stored = offer.manifest();
    Manifest manifest = ManifestReader.read(stored.bytes(), Optional.of(stored.mediaType()));
    List<Digest> missingLayers =
        manifest.blobs().stream().filter(blob -> !layers.contains(blob)).toList();
    List<Digest> missingImages =
        manifest.children().stream().filter(child -> !images.containsKey(child)).toList();
    boolean complete = missingLayers.isEmpty() && missingImages.isEmpty();
    if (complete) {
      images.put(stored.digest(), stored);
      offer.tag().ifPresent(tag -> tags.put(tag, stored.digest()));
    }
    return imageAnswers.apply(new ImageAnswer(missingLayers, missingImages, complete));
  }

  @Override
  public LayerAnswer replicateLayer(LayerOffer offer) {
    layerOffers.add(offer);
    beforeLayer.accept(offer);
    long call = layerOffers.stream().filter(other -> other.digest().equals(offer.digest())).count();
    return layerAnswers.answer(offer, call);
  }
}
