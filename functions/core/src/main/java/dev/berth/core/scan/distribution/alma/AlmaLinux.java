package dev.berth.core.scan.distribution.alma;

import dev.berth.core.scan.distribution.Rebuild;
import dev.berth.core.scan.distribution.RpmDistribution;
import dev.berth.core.scan.distribution.SupportPeriods;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.osv.OsvFeed;
import java.util.List;

/** AlmaLinux, whose advisories name the packages themselves. */
public final class AlmaLinux implements RpmDistribution {

  /** The end of security support (wiki.almalinux.org, "Release notes"). */
  private static final SupportPeriods RELEASES =
      SupportPeriods.none().and("8", "2029-03-01").and("9", "2032-05-31").and("10", "2035-05-31");

  @Override
  public String id() {
    return "almalinux";
  }

  @Override
  public SupportPeriods releases() {
    return RELEASES;
  }

  @Override
  public String index(String release) {
    return "alma-" + release;
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
