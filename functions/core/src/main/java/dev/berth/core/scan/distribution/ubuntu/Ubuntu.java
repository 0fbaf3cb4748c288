package dev.berth.core.scan.distribution.ubuntu;

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

/** Ubuntu, whose security team names source packages: each flavour of the kernel is one. */
public final class Ubuntu implements Distribution {

  /**
   * Without Ubuntu Pro, whose updates are not for everybody (distro-info-data, ubuntu.csv, eol).
   */
  private static final SupportPeriods RELEASES =
      SupportPeriods.none()
          .and("14.04", "2019-04-25")
          .and("16.04", "2021-04-30")
          .and("18.04", "2023-05-31")
          .and("20.04", "2025-05-29")
          .and("22.04", "2027-06-01")
          .and("22.10", "2023-07-20")
          .and("23.04", "2024-01-25")
          .and("23.10", "2024-07-11")
          .and("24.04", "2029-05-31")
          .and("24.10", "2025-07-10")
          .and("25.04", "2026-01-15")
          .and("25.10", "2026-07-09")
          .and("26.04", "2031-05-29")
          .and("26.10", "2027-07-15");

  private static final String SIGNED = "linux-signed";

  @Override
  public String id() {
    return "ubuntu";
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
    return Versions.twoParts(system.version());
  }

  /**
   * A signed kernel, {@code linux-signed-aws}, is the flavour that was signed, {@code linux-aws}.
   */
  @Override
  public KnownPackage known(InstalledPackage installed) {
    String source = installed.sourceName();
    boolean signed = source.equals(SIGNED) || source.startsWith(SIGNED + "-");
    return signed
        ? new KnownPackage("linux" + source.substring(SIGNED.length()), installed.version())
        : KnownPackage.bySource(installed);
  }

  @Override
  public List<Feed> feeds() {
    return List.of(new OsvFeed(id(), "Ubuntu", new UbuntuRules(this)));
  }
}
