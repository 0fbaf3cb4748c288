package dev.berth.core.scan.distribution.alma;

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

/** AlmaLinux, whose advisories name the packages themselves. */
public final class AlmaLinux implements Distribution {

  /** The end of security support (wiki.almalinux.org, "Release notes"). */
  private static final SupportPeriods RELEASES =
      SupportPeriods.none().and("8", "2029-03-01").and("9", "2032-05-31").and("10", "2035-05-31");

  @Override
  public String id() {
    return "almalinux";
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
    return "alma-" + release;
  }

  @Override
  public KnownPackage known(InstalledPackage installed) {
    return KnownPackage.byName(installed);
  }

  @Override
  public List<Feed> feeds() {
    return List.of(
        new OsvFeed("alma", "AlmaLinux", new Rebuild(this, "AlmaLinux:", "ALSA-", AlmaLinux::uri)));
  }

  private static String uri(String advisory, String release) {
    return "https://errata.almalinux.org/%s/%s.html".formatted(release, advisory.replace(":", "-"));
  }
}
