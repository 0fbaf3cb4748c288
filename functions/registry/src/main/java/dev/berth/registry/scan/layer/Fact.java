package dev.berth.registry.scan.layer;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.PackageFormat;
import java.util.List;
import java.util.Optional;

/** What a layer has at a path. */
public sealed interface Fact {

  /**
   * A file that may name the operating system.
   *
   * @param system empty if the file names none that is known
   */
  record Release(Optional<OperatingSystem> system) implements Fact {}

  /** A package database; of dpkg it may be one of several files. */
  record Database(PackageFormat format, List<InstalledPackage> packages) implements Fact {

    public Database {
      packages = List.copyOf(packages);
    }
  }

  /**
   * A symbolic link, in the place of such a file or of a directory on the way to one.
   *
   * @param target from the image's root, without a leading slash
   */
  record Link(String target) implements Fact {}
}
