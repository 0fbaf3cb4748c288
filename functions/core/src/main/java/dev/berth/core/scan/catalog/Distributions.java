package dev.berth.core.scan.catalog;

import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.distribution.Distribution;
import dev.berth.core.scan.distribution.alma.AlmaLinux;
import dev.berth.core.scan.distribution.alpine.Alpine;
import dev.berth.core.scan.distribution.amazon.Amazon;
import dev.berth.core.scan.distribution.debian.Debian;
import dev.berth.core.scan.distribution.oracle.Oracle;
import dev.berth.core.scan.distribution.redhat.RedHat;
import dev.berth.core.scan.distribution.rocky.RockyLinux;
import dev.berth.core.scan.distribution.ubuntu.Ubuntu;
import dev.berth.core.scan.feed.Feed;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The distributions whose images can be scanned. */
public final class Distributions {

  public static final List<Distribution> ALL =
      List.of(
          new Amazon(),
          new Debian(),
          new Ubuntu(),
          RedHat.CENTOS,
          RedHat.RHEL,
          new Oracle(),
          new Alpine(),
          new AlmaLinux(),
          new RockyLinux());

  private Distributions() {}

  /** All feeds with advisories. */
  public static List<Feed> feeds() {
    return ALL.stream().flatMap(distribution -> distribution.feeds().stream()).toList();
  }

  /**
   * The release that an image is of.
   *
   * @param today by which it must be supported still
   * @throws UnsupportedImageException if it is of an unknown distribution or release, or of one
   *     whose support has ended
   */
  public static SupportedRelease require(OperatingSystem system, LocalDate today) {
    Distribution distribution =
        ALL.stream()
            .filter(it -> it.id().equals(system.id()))
            .findFirst()
            .orElseThrow(() -> UnsupportedImageException.of(system.id(), system.version()));
    return supported(distribution, system, today)
        .orElseThrow(
            () ->
                UnsupportedImageException.of(distribution.id(), distribution.shownVersion(system)));
  }

  private static Optional<SupportedRelease> supported(
      Distribution distribution, OperatingSystem system, LocalDate today) {
    return distribution
        .release(system)
        .filter(release -> distribution.releases().support(release, today))
        .map(release -> new SupportedRelease(distribution, release));
  }
}
