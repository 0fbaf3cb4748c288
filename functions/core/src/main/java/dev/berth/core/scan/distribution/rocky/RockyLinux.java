package dev.berth.core.scan.distribution.rocky;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.PackageFormat;
import dev.berth.core.scan.distribution.Distribution;
import dev.berth.core.scan.distribution.KnownPackage;
import dev.berth.core.scan.distribution.Rebuild;
import dev.berth.core.scan.distribution.SupportPeriods;
import dev.berth.core.scan.distribution.Versions;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.osv.OsvFeed;
import java.util.List;
import java.util.Optional;

/** Rocky Linux, whose advisories name the packages themselves. */
public final class RockyLinux implements Distribution {

  /** The end of life (wiki.rockylinux.org, "Rocky Linux Release and Version Guide"). */
  private static final SupportPeriods RELEASES =
      SupportPeriods.none().and("8", "2029-05-31").and("9", "2032-05-31").and("10", "2035-05-31");

  @Override
  public String id() {
    return "rocky";
  }

  @Override
  public PackageFormat format() {
    return PackageFormat.RPM;
  }

  @Override
  public SupportPeriods releases() {
    return RELEASES;
  }

  @Override
  public Optional<String> release(OperatingSystem system) {
    return Versions.major(system.version());
  }

  @Override
  public String index(String release) {
    return "rocky-" + release;
  }

  @Override
  public KnownPackage known(InstalledPackage installed) {
    return KnownPackage.byName(installed);
  }

  @Override
  public List<Feed> feeds() {
    return List.of(
        new OsvFeed(
            "rocky", "Rocky Linux", new Rebuild(this, "Rocky Linux:", "RLSA-", RockyLinux::uri)));
  }

  private static String uri(String advisory, String release) {
    return "https://errata.rockylinux.org/" + advisory;
  }
}
