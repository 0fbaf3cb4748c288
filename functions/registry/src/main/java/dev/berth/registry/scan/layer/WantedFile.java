package dev.berth.registry.scan.layer;

import dev.berth.core.scan.PackageFormat;

/** What a file is read as. */
sealed interface WantedFile {

  /**
   * A file that names the operating system.
   *
   * @param path its usual one, which says how to read it
   */
  record Release(String path) implements WantedFile {}

  record Database(PackageFormat format) implements WantedFile {}

  /** No file, but a directory whose files are databases of dpkg, of a package each. */
  record StatusDirectory() implements WantedFile {}
}
