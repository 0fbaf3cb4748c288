package dev.berth.registry.scan.layer;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what layers say about the operating system and packages. A layer is a tar in gzip, zstd or
 * plain, by its first bytes, whatever its media type says. Its facts are whole, or there are none.
 *
 * <p>Of symbolic links in the place of a package database, or of a directory on the way to one,
 * those are followed that lead to something in the same layer, or to where a layer usually has such
 * a file.
 */
public final class LayerExtractor {

  private final LayerLimits limits;
  private final Clock clock;

  public LayerExtractor(LayerLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** A layer's bytes, from the first one on. */
  public interface Source {
    /** To be closed by who asks for it. */
    InputStream open() throws IOException;
  }

  /**
   * The facts of a layer that can be read again; only one with uncommon links is.
   *
   * @throws LayerException if the layer cannot be read, or goes beyond the limits
   * @throws IOException if its source fails
   */
  public LayerFacts extract(Source layer) throws IOException {
    Meter meter = new Meter(limits, clock);
    LayerPass first = new LayerPass(Map.of());
    LayerFacts facts = first.read(layer.open(), meter);
    return first.missed().isEmpty()
        ? facts
        : new LayerPass(first.missed()).read(layer.open(), meter.again());
  }

  /**
   * The facts of a layer that goes by once, such as one that is being uploaded.
   *
   * @param layer is closed
   * @return nothing if it has to be read again, by {@link #extract}
   * @throws LayerException if the layer cannot be read, or goes beyond the limits
   * @throws IOException if its source fails
   */
  public Optional<LayerFacts> extractOnce(InputStream layer) throws IOException {
    LayerPass pass = new LayerPass(Map.of());
    LayerFacts facts = pass.read(layer, new Meter(limits, clock));
    return Optional.of(facts).filter(whole -> pass.missed().isEmpty());
  }
}
