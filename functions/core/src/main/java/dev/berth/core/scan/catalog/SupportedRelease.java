package dev.berth.core.scan.catalog;

import dev.berth.core.scan.distribution.Distribution;

/**
 * A release of a distribution.
 *
 * @param release as the distribution knows it: {@code 12}
 */
public record SupportedRelease(Distribution distribution, String release) {

  /** The name of its index file. */
  public String index() {
    return distribution.index(release);
  }
}
