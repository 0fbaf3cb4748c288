package dev.berth.registry.scan.layer;

import java.time.Duration;

/**
 * How far a layer is read before it is given up: a few kilobytes can unpack to terabytes.
 *
 * @param unpackedBytes of the layer's tar; at least 1
 * @param entries of that, those that hold a name or attributes of the next one included; at least 1
 * @param fileBytes of a package database, which is read into memory whole, with its holes if it is
 *     sparse; at least 1
 * @param time for all readings of the layer together, its download included
 */
public record LayerLimits(long unpackedBytes, long entries, int fileBytes, Duration time) {

  /**
   * For layers of the quota's size, 42,000 MiB, that hold what layers do: Linux distributions have
   * less than a million files and databases of less than 200 MB.
   */
  public static final LayerLimits DEFAULT =
      new LayerLimits(128L << 30, 5_000_000, 256 << 20, Duration.ofMinutes(10));

  public LayerLimits {
    if (unpackedBytes < 1 || entries < 1 || fileBytes < 1 || !time.isPositive()) {
      throw new IllegalArgumentException("limits of a layer are positive");
    }
  }
}
