package dev.berth.core.scan.version;

import dev.berth.core.scan.PackageFormat;
import java.util.Comparator;

/**
 * The order of versions, exactly as each package manager has it: dpkg (deb-version(7)), rpm
 * (rpm-version(7)), and apk (version 3 of apk-tools; where a letter and a number follow each other,
 * which only version 2 reads, as that).
 *
 * <p>Each order is total over all strings: what is no version at all has a place too, and nothing
 * throws. Numbers may have any length. Comparing allocates nothing, and takes time in proportion to
 * the versions' lengths.
 */
public final class VersionOrder {

  private VersionOrder() {}

  /**
   * The order of whole versions: {@code [epoch:]version[-release]}. Two that a package manager
   * takes for equal, such as {@code 1.0} and {@code 0:1.0-0} of dpkg, compare as 0.
   */
  public static Comparator<String> of(PackageFormat format) {
    return switch (format) {
      case DPKG -> DpkgVersions::compare;
      case APK -> ApkVersions::compare;
      case RPM -> RpmVersions::compare;
    };
  }
}
