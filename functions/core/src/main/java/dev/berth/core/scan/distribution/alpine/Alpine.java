package dev.berth.core.scan.distribution.alpine;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.PackageFormat;
import dev.berth.core.scan.distribution.Distribution;
import dev.berth.core.scan.distribution.KnownPackage;
import dev.berth.core.scan.distribution.SupportPeriods;
import dev.berth.core.scan.distribution.Versions;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.secdb.SecdbFeed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Alpine Linux, whose databases name source packages: what apk calls the origin. */
public final class Alpine implements Distribution {

  /** The end of support of the main repository, two years (alpinelinux.org/releases). */
  private static final SupportPeriods RELEASES =
      SupportPeriods.none()
          .and("3.10", "2021-05-01")
          .and("3.11", "2021-11-01")
          .and("3.12", "2022-05-01")
          .and("3.13", "2022-11-01")
          .and("3.14", "2023-05-01")
          .and("3.15", "2023-11-01")
          .and("3.16", "2024-05-23")
          .and("3.17", "2024-11-22")
          .and("3.18", "2025-05-09")
          .and("3.19", "2025-11-01")
          .and("3.20", "2026-04-01")
          .and("3.21", "2026-11-01")
          .and("3.22", "2027-05-01")
          .and("3.23", "2027-11-01")
          .and("3.24", "2028-05-01");

  @Override
  public String id() {
    return "alpine";
  }

  @Override
  public PackageFormat format() {
    return PackageFormat.APK;
  }

  @Override
  public SupportPeriods releases() {
    return RELEASES;
  }

  /** None of edge, which is no release: {@code 3.22_alpha20250108}. */
  @Override
  public Optional<String> release(OperatingSystem system) {
    return Versions.twoParts(system.version());
  }

  /** {@code v3.13}, as its repositories have it. */
  @Override
  public String shownVersion(OperatingSystem system) {
    return release(system).map(release -> "v" + release).orElse(system.version());
  }

  @Override
  public KnownPackage known(InstalledPackage installed) {
    return KnownPackage.bySource(installed);
  }

  @Override
  public List<Feed> feeds() {
    return releases().all().stream().flatMap(this::feeds).toList();
  }

  private Stream<Feed> feeds(String release) {
    return Stream.of("main", "community")
        .map(
            repository ->
                new SecdbFeed(
                    "%s-%s".formatted(index(release), repository),
                    "v" + release,
                    repository,
                    index(release)));
  }
}
