package dev.berth.core.scan.distribution.rocky;

import dev.berth.core.scan.distribution.Rebuild;
import dev.berth.core.scan.distribution.RpmDistribution;
import dev.berth.core.scan.distribution.SupportPeriods;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.osv.OsvFeed;
import java.util.List;

/** Rocky Linux, whose advisories name the packages themselves. */
public final class RockyLinux implements RpmDistribution {

  /** The end of life (wiki.rockylinux.org, "Rocky Linux Release and Version Guide"). */
  private static final SupportPeriods RELEASES =
      SupportPeriods.none().and("8", "2029-05-31").and("9", "2032-05-31").and("10", "2035-05-31");

  @Override
  public String id() {
    return "rocky";
  }

  @Override
  public SupportPeriods releases() {
    return RELEASES;
  }

  @Override
  public String index(String release) {
    return "rocky-" + release;
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
