package dev.berth.core.scan.packages;

import dev.berth.core.scan.InstalledPackage;
import java.util.List;
import java.util.Optional;

/**
 * Paragraphs of {@code Field: value} lines (dpkg(1), deb-control(5)). A paragraph without a state,
 * as in the {@code status.d} of distroless images, is of an installed package; one without a name
 * or version is of none.
 */
final class DpkgDatabase {

  private final Packages packages = new Packages();

  private String name = "";
  private String version = "";
  private String architecture = "";
  private String source = "";
  private String status = "";

  List<InstalledPackage> read(byte[] database) {
    Lines lines = new Lines(database);
    while (lines.advance()) {
      if (lines.isBlank()) {
        endParagraph();
      } else {
        readField(lines);
      }
    }
    endParagraph();
    return packages.found();
  }

  private void readField(Lines lines) {
    if (lines.isField("Package")) {
      name = lines.value("Package");
    } else if (lines.isField("Version")) {
      version = lines.value("Version");
    } else if (lines.isField("Architecture")) {
      architecture = lines.value("Architecture");
    } else if (lines.isField("Source")) {
      source = lines.value("Source");
    } else if (lines.isField("Status")) {
      status = lines.value("Status");
    }
  }

  private void endParagraph() {
    if (!name.isEmpty() && !version.isEmpty() && hasFiles()) {
      packages.add(
          new InstalledPackage(
              name, version, architecture, sourceName(), sourceVersion(), Optional.empty()));
    }
    name = "";
    version = "";
    architecture = "";
    source = "";
    status = "";
  }

  /** By the last of its three words; a package that is to be removed is there until it is. */
  private boolean hasFiles() {
    return !status.endsWith("config-files") && !status.endsWith("not-installed");
  }

  /** Of {@code name} or {@code name (version)}. */
  private String sourceName() {
    int bracket = source.indexOf('(');
    String named = bracket < 0 ? source : source.substring(0, bracket).strip();
    return named.isEmpty() ? name : named;
  }

  private String sourceVersion() {
    int bracket = source.indexOf('(');
    int end = source.indexOf(')', bracket + 1);
    String named = bracket < 0 || end < 0 ? "" : source.substring(bracket + 1, end).strip();
    return named.isEmpty() ? version : named;
  }
}
