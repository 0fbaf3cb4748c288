package dev.berth.core.scan.match;

import dev.berth.core.scan.InstalledPackage;
import java.util.Optional;

/** Packages as databases have them, for tests. */
public final class Installed {

  private Installed() {}

  /** Of dpkg, built from a source of the same name and version. */
  public static InstalledPackage deb(String name, String version) {
    return deb(name, version, name, version);
  }

  public static InstalledPackage deb(
      String name, String version, String source, String sourceVersion) {
    return new InstalledPackage(name, version, "amd64", source, sourceVersion, Optional.empty());
  }

  public static InstalledPackage apk(String name, String version, String origin) {
    return new InstalledPackage(name, version, "x86_64", origin, version, Optional.empty());
  }

  public static InstalledPackage rpm(String name, String version) {
    return rpm(name, version, "x86_64");
  }

  public static InstalledPackage rpm(String name, String version, String architecture) {
    return new InstalledPackage(
        name, version, architecture, name + "-source", version, Optional.empty());
  }

  /**
   * @param module as rpm's header has it
   */
  public static InstalledPackage modular(String name, String version, String module) {
    return new InstalledPackage(
        name, version, "x86_64", name + "-source", version, Optional.of(module));
  }
}
