package dev.berth.core.scan.distribution.oracle;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.distribution.RpmDistribution;
import dev.berth.core.scan.distribution.SupportPeriods;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.oval.OvalFeed;
import java.util.List;

/**
 * Oracle Linux, whose definitions name the packages themselves. Some packages are built three
 * times, and the builds' versions cannot be compared with each other: the ordinary one, one that
 * Ksplice patches at run time, and one for FIPS, whose epoch is 10.
 */
public final class Oracle implements RpmDistribution {

  /** The end of premier support (Oracle, "Lifetime Support Policy: Oracle Open Source"). */
  private static final SupportPeriods RELEASES =
      SupportPeriods.none()
          .and("5", "2017-06-30")
          .and("6", "2021-03-31")
          .and("7", "2024-12-31")
          .and("8", "2029-07-31")
          .and("9", "2032-06-30")
          .and("10", "2035-06-30");

  @Override
  public String id() {
    return "ol";
  }

  @Override
  public SupportPeriods releases() {
    return RELEASES;
  }

  @Override
  public String flavour(InstalledPackage installed) {
    return flavour(installed.version());
  }

  /** As the definitions test it: by what is in the release. */
  static String flavour(String version) {
    String release = version.substring(version.lastIndexOf('-') + 1);
    if (release.contains("ksplice")) {
      return "ksplice";
    }
    return release.contains("fips") ? "fips" : "";
  }

  @Override
  public String index(String release) {
    return "oracle-" + release;
  }

  @Override
  public List<Feed> feeds() {
    return List.of(
        new OvalFeed(
            "oracle",
            "https://linux.oracle.com/security/oval/com.oracle.elsa-all.xml.bz2",
            new OracleRules(this)));
  }
}
