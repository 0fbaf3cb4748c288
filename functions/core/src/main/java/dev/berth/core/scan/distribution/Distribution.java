package dev.berth.core.scan.distribution;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.PackageFormat;
import dev.berth.core.scan.feed.Feed;
import java.util.List;
import java.util.Optional;

/** A distribution whose images can be scanned. */
public interface Distribution {

  /** What {@code ID} of os-release is in its images. */
  String id();

  PackageFormat format();

  /** Which releases there are, and until when each is supported. */
  SupportPeriods releases();

  /**
   * The release of an image of this distribution, as {@link #releases} knows it; empty where it
   * says none.
   */
  Optional<String> release(OperatingSystem system);

  /** How ECR writes the release of an image where it is not supported. */
  default String shownVersion(OperatingSystem system) {
    return system.version();
  }

  /** The index file of a release. */
  default String index(String release) {
    return id() + "-" + release;
  }

  /** By what its feeds know a package. */
  KnownPackage known(InstalledPackage installed);

  /** The flavour of a package's build: see {@code AffectedPackage}. */
  default String flavour(InstalledPackage installed) {
    return "";
  }

  /** Those that its indexes are made from. */
  List<Feed> feeds();
}
