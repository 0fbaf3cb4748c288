package dev.berth.core.scan.match;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.feed.Modules;
import dev.berth.core.scan.index.AffectedPackage;
import java.util.List;

/**
 * Which rows are about a package at all, whatever its version: those of its architecture, its
 * module's stream and its flavour. Versions of other builds cannot be compared with its own.
 *
 * @param flavour of the package
 */
record Applicability(InstalledPackage installed, String flavour) {

  /** Architectures of packages that are the same on all. */
  private static final List<String> ALL = List.of("", "noarch", "all");

  boolean concerns(AffectedPackage row) {
    return row.flavour().equals(flavour) && hasArchitecture(row) && hasModule(row);
  }

  private boolean hasArchitecture(AffectedPackage row) {
    return row.architectures().isEmpty()
        || ALL.contains(installed.architecture())
        || List.of(row.architectures().split(",")).contains(installed.architecture());
  }

  private boolean hasModule(AffectedPackage row) {
    boolean modular = installed.module().isPresent() || Modules.isIn(installed.version());
    if (row.modules().isEmpty() || !modular) {
      return row.modules().isEmpty() && !modular;
    }
    // where nobody says which stream, it is better to report than to miss
    return row.modules().equals(AffectedPackage.ANY_MODULE)
        || installed.module().map(module -> names(row, module)).orElse(true);
  }

  private static boolean names(AffectedPackage row, String module) {
    return List.of(row.modules().split(",")).contains(stream(module));
  }

  /** {@code nodejs:16} of {@code nodejs:16:8070020221207164159:bd1311ed}. */
  private static String stream(String module) {
    int second = module.indexOf(':', module.indexOf(':') + 1);
    return second < 0 ? module : module.substring(0, second);
  }
}
