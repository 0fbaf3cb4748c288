package dev.berth.registry.scan.facts;

import dev.berth.core.oci.Digest;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.scan.facts.KeptFacts.Sized;
import dev.berth.registry.scan.layer.ImageFacts;
import dev.berth.registry.scan.layer.LayerException;
import dev.berth.registry.scan.layer.LayerExtractor;
import dev.berth.registry.scan.layer.LayerFacts;
import dev.berth.registry.scan.layer.LayerLimits;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Walk;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * What is in an image by the facts of its layers. Those that are not known yet are read from the
 * layer's bytes, few at a time in a process, and kept, so that a scan that breaks off has not read
 * in vain.
 */
public final class ImageLayers {

  /** Docker makes 127 at most. */
  static final int MOST_LAYERS = 1000;

  /** Of all layers together, in bytes of JSON. */
  static final int MOST_BYTES = 32 << 20;

  private static final Semaphore READINGS =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

  private final Table table;
  private final Objects objects;
  private final KeptFacts kept;
  private final LayerLimits limits;
  private final Clock clock;

  /**
   * @param limits for each layer that is read, with the time for all of an image together
   */
  public ImageLayers(Table table, Objects objects, LayerLimits limits, Clock clock) {
    this.table = table;
    this.objects = objects;
    this.kept = new KeptFacts(objects);
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * @param layers of the image, the lowest first
   * @throws UnreadableLayerException if one cannot be read, goes beyond the limits or is missing
   * @throws TooManyPackagesException if there are more packages, or layers, than any image has
   * @throws StoreException if a store cannot answer
   * @throws dev.berth.registry.RegistryException.KmsFailed if the repository's key cannot be used
   */
  public ImageFacts facts(Repository repository, List<Digest> layers) {
    if (layers.size() > MOST_LAYERS) {
      throw new TooManyPackagesException(
          "the image has more than %d layers".formatted(MOST_LAYERS));
    }
    return new Reading(repository, clock.instant().plus(limits.time())).all(layers);
  }

  /** The facts of one image while they are collected. */
  private final class Reading {
    private final Repository repository;
    private Instant deadline;
    private final Map<Digest, Sized> known = new HashMap<>();
    private long bytes;

    Reading(Repository repository, Instant deadline) {
      this.repository = repository;
      this.deadline = deadline;
    }

    ImageFacts all(List<Digest> layers) {
      List<LayerFacts> facts = new ArrayList<>();
      for (Digest layer : layers) {
        Sized found = known.computeIfAbsent(layer, this::find);
        bytes += found.size();
        if (bytes > MOST_BYTES) {
          throw new TooManyPackagesException(
              "what the layers say of packages has more than %d bytes".formatted(MOST_BYTES));
        }
        facts.add(found.facts());
      }
      return ImageFacts.of(facts);
    }

    private Sized find(Digest layer) {
      return kept.find(repository, layer).orElseGet(() -> readInTurn(layer));
    }

    /** Others may have read the same layer while this one waited; waiting costs no time of it. */
    private Sized readInTurn(Digest layer) {
      Instant begun = clock.instant();
      acquire();
      try {
        deadline = deadline.plus(Duration.between(begun, clock.instant()));
        return kept.find(repository, layer).orElseGet(() -> read(layer));
      } finally {
        READINGS.release();
      }
    }

    private static void acquire() {
      try {
        READINGS.acquire();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreException("the process ends", e);
      }
    }

    private Sized read(Digest layer) {
      LayerLink link = link(layer).orElseThrow(() -> unreadable(layer, "it is missing"));
      try {
        LayerFacts facts =
            new LayerExtractor(left(layer), clock)
                .extract(() -> objects.get(link.objectKey(), 0, link.size()));
        return kept.keep(repository, layer, facts);
      } catch (LayerException e) {
        throw unreadable(layer, e.getMessage());
      } catch (IOException e) {
        throw new StoreException("cannot read object " + link.objectKey(), e);
      }
    }

    private LayerLimits left(Digest layer) {
      Duration left = Duration.between(clock.instant(), deadline);
      if (!left.isPositive()) {
        throw unreadable(
            layer,
            "the layers of the image take longer than %d seconds to read"
                .formatted(limits.time().toSeconds()));
      }
      return new LayerLimits(limits.unpackedBytes(), limits.entries(), limits.fileBytes(), left);
    }

    private Optional<LayerLink> link(Digest layer) {
      Key key = Keys.layer(repository.id(), layer);
      Map<Key, Item> items = Walk.get(table, List.of(key));
      return Optional.ofNullable(items.get(key)).map(LayerLink::of);
    }

    private static UnreadableLayerException unreadable(Digest layer, String why) {
      return new UnreadableLayerException(layer, why);
    }
  }
}
