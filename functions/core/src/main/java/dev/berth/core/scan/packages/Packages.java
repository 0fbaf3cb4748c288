package dev.berth.core.scan.packages;

import dev.berth.core.scan.InstalledPackage;
import java.util.ArrayList;
import java.util.List;

/** The packages of a database, as they are found in it. */
final class Packages {

  private final List<InstalledPackage> found = new ArrayList<>();

  void add(InstalledPackage installed) {
    if (found.size() == PackageDatabases.MOST_PACKAGES) {
      throw new PackageDatabaseException(
          "there are more than %d packages".formatted(PackageDatabases.MOST_PACKAGES));
    }
    found.add(installed);
  }

  List<InstalledPackage> found() {
    return List.copyOf(found);
  }
}
