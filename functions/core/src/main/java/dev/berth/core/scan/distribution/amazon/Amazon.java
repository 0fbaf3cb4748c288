package dev.berth.core.scan.distribution.amazon;

import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.distribution.RpmDistribution;
import dev.berth.core.scan.distribution.SupportPeriods;
import dev.berth.core.scan.distribution.Versions;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.updateinfo.UpdateInfoFeed;
import java.util.List;
import java.util.Optional;

/**
 * Amazon Linux 1, 2 and 2023: the core repository of each, which names the packages themselves. An
 * update lists the builds of its own architecture, so both architectures' are read.
 */
public final class Amazon implements RpmDistribution {

  /**
   * AWS, "Update on Amazon Linux AMI end-of-life"; Amazon Linux 2 FAQs; Amazon Linux 2023 user
   * guide, "Release cadence".
   */
  private static final SupportPeriods RELEASES =
      SupportPeriods.none().and("1", "2023-12-31").and("2", "2026-06-30").and("2023", "2029-06-30");

  /** The versions of Amazon Linux 1 are the month that they are of: {@code 2018.03}. */
  private static final String MONTH = "201\\d\\.\\d\\d";

  @Override
  public String id() {
    return "amzn";
  }

  @Override
  public SupportPeriods releases() {
    return RELEASES;
  }

  @Override
  public Optional<String> release(OperatingSystem system) {
    return system.version().matches(MONTH) ? Optional.of("1") : Versions.major(system.version());
  }

  @Override
  public String index(String release) {
    return "amazon-" + release;
  }

  @Override
  public List<Feed> feeds() {
    return List.of(
        feed("1", "x86_64", "http://repo.us-east-1.amazonaws.com/2018.03/updates/x86_64", ""),
        feed("2", "x86_64", "https://cdn.amazonlinux.com/2/core/latest/x86_64", "AL2/"),
        feed("2", "aarch64", "https://cdn.amazonlinux.com/2/core/latest/aarch64", "AL2/"),
        feed(
            "2023",
            "x86_64",
            "https://cdn.amazonlinux.com/al2023/core/mirrors/latest/x86_64",
            "AL2023/"),
        feed(
            "2023",
            "aarch64",
            "https://cdn.amazonlinux.com/al2023/core/mirrors/latest/aarch64",
            "AL2023/"));
  }

  private Feed feed(String release, String architecture, String mirrors, String site) {
    return new UpdateInfoFeed(
        "%s-%s".formatted(index(release), architecture.replace('_', '-')),
        mirrors + "/mirror.list",
        index(release),
        id -> "https://alas.aws.amazon.com/%s%s.html".formatted(site, id));
  }
}
