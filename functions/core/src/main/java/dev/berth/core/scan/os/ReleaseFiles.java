package dev.berth.core.scan.os;

import dev.berth.core.scan.OperatingSystem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that name an image's operating system: os-release(5), and what distributions had before
 * it. Images hold several of them, which may differ; the first of {@link #PATHS} counts that names
 * one.
 */
public final class ReleaseFiles {

  private static final List<String> OS_RELEASE = List.of("etc/os-release", "usr/lib/os-release");

  private static final String ALPINE = "etc/alpine-release";
  private static final String DEBIAN = "etc/debian_version";
  private static final String SUSE = "etc/SuSE-release";

  /** Of one line each; a rebuilt distribution has its origin's beside its own, so that is last. */
  private static final List<String> RED_HAT =
      List.of(
          "etc/oracle-release",
          "etc/enterprise-release",
          "etc/centos-release",
          "etc/fedora-release",
          "etc/almalinux-release",
          "etc/rocky-release",
          "etc/system-release",
          "etc/redhat-release");

  /** Without a leading slash, the one that counts first. */
  public static final List<String> PATHS =
      Stream.of(OS_RELEASE, RED_HAT, List.of(ALPINE, SUSE, DEBIAN)).flatMap(List::stream).toList();

  /** A longer file is none of these. */
  public static final int LONGEST = 65_536;

  private ReleaseFiles() {}

  /**
   * What a file says.
   *
   * @param path one of {@link #PATHS}
   * @return nothing if it names no operating system, or is longer than {@link #LONGEST}
   */
  public static Optional<OperatingSystem> read(String path, byte[] content) {
    if (content.length > LONGEST) {
      return Optional.empty();
    }
    String text = new String(content, StandardCharsets.UTF_8);
    if (OS_RELEASE.contains(path)) {
      return OsRelease.read(text);
    }
    return switch (path) {
      case ALPINE -> LegacyRelease.alpine(text);
      case DEBIAN -> LegacyRelease.debian(text);
      case SUSE -> LegacyRelease.suse(text);
      default -> LegacyRelease.redHat(text);
    };
  }
}
