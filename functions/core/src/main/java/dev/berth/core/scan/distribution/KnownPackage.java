package dev.berth.core.scan.distribution;

import dev.berth.core.scan.InstalledPackage;

/**
 * What an installed package is known by in a distribution's feeds. Findings name it by this too, as
 * those of ECR do.
 *
 * @param version in the whole form that the distribution's package manager compares
 */
public record KnownPackage(String name, String version) {

  /** Feeds that name source packages. */
  public static KnownPackage bySource(InstalledPackage installed) {
    return new KnownPackage(installed.sourceName(), installed.sourceVersion());
  }

  /** Feeds that name the packages themselves. */
  public static KnownPackage byName(InstalledPackage installed) {
    return new KnownPackage(installed.name(), installed.version());
  }
}
