package dev.berth.core.scan.distribution.debian;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.PackageFormat;
import dev.berth.core.scan.distribution.Distribution;
import dev.berth.core.scan.distribution.KnownPackage;
import dev.berth.core.scan.distribution.SupportPeriods;
import dev.berth.core.scan.distribution.Versions;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.osv.OsvFeed;
import java.util.List;
import java.util.Optional;

/**
 * Debian, and images that are made of its packages, such as distroless. Its security tracker names
 * source packages.
 */
public final class Debian implements Distribution {

  /** Until the end of long-term support (distro-info-data, debian.csv, eol-lts). */
  private static final SupportPeriods RELEASES =
      SupportPeriods.none()
          .and("9", "2022-06-30")
          .and("10", "2024-06-30")
          .and("11", "2026-08-31")
          .and("12", "2028-06-30")
          .and("13", "2030-06-30");

  /** Kernels that are signed are built from a package of their own, {@code linux-signed-amd64}. */
  private static final String SIGNED = "linux-signed-";

  @Override
  public String id() {
    return "debian";
  }

  @Override
  public PackageFormat format() {
    return PackageFormat.DPKG;
  }

  @Override
  public SupportPeriods releases() {
    return RELEASES;
  }

  @Override
  public Optional<String> release(OperatingSystem system) {
    return Versions.major(system.version());
  }

  /** A signed kernel is {@code linux}, in the version of the package and not of its source. */
  @Override
  public KnownPackage known(InstalledPackage installed) {
    return installed.sourceName().startsWith(SIGNED)
        ? new KnownPackage("linux", installed.version())
        : KnownPackage.bySource(installed);
  }

  @Override
  public List<Feed> feeds() {
    return List.of(new OsvFeed(id(), "Debian", new DebianRules(this)));
  }
}
