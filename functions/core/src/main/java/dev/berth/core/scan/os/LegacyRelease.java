package dev.berth.core.scan.os;

import dev.berth.core.scan.OperatingSystem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What distributions had before os-release, and what old releases of them have alone. */
final class LegacyRelease {

  /** {@code CentOS release 6.10 (Final)}. */
  private static final Pattern RED_HAT =
      Pattern.compile("^(\\S.{0,100}?) release (\\d{1,9}(?:\\.\\d{1,9}){0,5})\\b");

  /** What such a line begins with, and what os-release calls it. */
  private static final List<Map.Entry<String, String>> RED_HAT_IDS =
      List.of(
          Map.entry("Amazon Linux", "amzn"),
          Map.entry("AlmaLinux", "almalinux"),
          Map.entry("CentOS", "centos"),
          Map.entry("Enterprise Linux", "ol"),
          Map.entry("Fedora", "fedora"),
          Map.entry("Oracle Linux", "ol"),
          Map.entry("Red Hat Enterprise Linux", "rhel"),
          Map.entry("Rocky Linux", "rocky"));

  private static final Pattern SUSE_VERSION = Pattern.compile("(?m)^VERSION *= *(\\d[\\d.]{0,20})");
  private static final Pattern SUSE_PATCH = Pattern.compile("(?m)^PATCHLEVEL *= *(\\d{1,9})");
  private static final Pattern DEBIAN = Pattern.compile("^(\\d{1,9})(\\.\\d{1,9}){0,3}$");

  private LegacyRelease() {}

  static Optional<OperatingSystem> redHat(String text) {
    Matcher line = RED_HAT.matcher(firstLine(text));
    return line.find()
        ? RED_HAT_IDS.stream()
            .filter(id -> line.group(1).startsWith(id.getKey()))
            .findFirst()
            .map(id -> OsRelease.of(id.getValue(), line.group(2)))
        : Optional.empty();
  }

  /** The line is the version. */
  static Optional<OperatingSystem> alpine(String text) {
    String version = firstLine(text);
    return version.isEmpty() ? Optional.empty() : Optional.of(OsRelease.of("alpine", version));
  }

  /** A point release, of which os-release has the first number; or, before one, code names. */
  static Optional<OperatingSystem> debian(String text) {
    String line = firstLine(text);
    Matcher release = DEBIAN.matcher(line);
    return line.isEmpty()
        ? Optional.empty()
        : Optional.of(OsRelease.of("debian", release.matches() ? release.group(1) : ""));
  }

  /** {@code SUSE Linux Enterprise Server 11 (x86_64)}, and version and service pack below it. */
  static Optional<OperatingSystem> suse(String text) {
    Matcher version = SUSE_VERSION.matcher(text);
    if (!version.find()) {
      return Optional.empty();
    }
    if (!text.startsWith("SUSE Linux Enterprise")) {
      return Optional.of(OsRelease.of("opensuse", version.group(1)));
    }
    Matcher patch = SUSE_PATCH.matcher(text);
    String servicePack = patch.find() && !patch.group(1).equals("0") ? "." + patch.group(1) : "";
    return Optional.of(OsRelease.of("sles", version.group(1) + servicePack));
  }

  private static String firstLine(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse("");
  }
}
