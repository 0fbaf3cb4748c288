package dev.berth.core.scan.distribution.redhat;

import dev.berth.core.scan.distribution.RpmDistribution;
import dev.berth.core.scan.distribution.SupportPeriods;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.osv.OsvFeed;
import java.util.List;

/**
 * Red Hat Enterprise Linux, whose advisories name the packages themselves, and CentOS, for which
 * the same advisories hold.
 */
public enum RedHat implements RpmDistribution {

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
  public SupportPeriods releases() {
    return releases;
  }

  @Override
  public String index(String release) {
    return "redhat-" + release;
  }

  /** One for both. */
  @Override
  public List<Feed> feeds() {
    return this == RHEL
        ? List.of(new OsvFeed("redhat", "Red Hat", new RedHatRules(this)))
        : List.of();
  }
}
