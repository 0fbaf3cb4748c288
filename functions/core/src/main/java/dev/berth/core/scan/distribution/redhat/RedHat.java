package dev.berth.core.scan.distribution.redhat;

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
 * Red Hat Enterprise Linux, whose advisories name the packages themselves, and CentOS, for which
 * the same advisories hold.
 */
public enum RedHat implements Distribution {

  /** Until the end of maintenance support (Red Hat, "Red Hat Enterprise Linux Life Cycle"). */
  RHEL(
      "rhel",
      SupportPeriods.none()
          .and("6", "2020-11-30")
          .and("7", "2024-06-30")
          .and("8", "2029-05-31")
          .and("9", "2032-05-31")
          .and("10", "2035-05-31")),

  /** From 8 on Stream, whose images say no other name (centos.org, "End dates"). */
  CENTOS(
      "centos",
      SupportPeriods.none()
          .and("6", "2020-11-30")
          .and("7", "2024-06-30")
          .and("8", "2024-05-31")
          .and("9", "2027-05-31")
          .and("10", "2030-01-01"));

  private final String id;
  private final SupportPeriods releases;

  RedHat(String id, SupportPeriods releases) {
    this.id = id;
    this.releases = releases;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public PackageFormat format() {
    return PackageFormat.RPM;
  }

  @Override
  public SupportPeriods releases() {
    return releases;
  }

  @Override
  public Optional<String> release(OperatingSystem system) {
    return Versions.major(system.version());
  }

  @Override
  public String index(String release) {
    return "redhat-" + release;
  }

  @Override
  public KnownPackage known(InstalledPackage installed) {
    return KnownPackage.byName(installed);
  }

  /** One for both. */
  @Override
  public List<Feed> feeds() {
    return this == RHEL
        ? List.of(new OsvFeed("redhat", "Red Hat", new RedHatRules(this)))
        : List.of();
  }
}
