package dev.berth.core.scan.packages;

import dev.berth.core.scan.InstalledPackage;
import java.util.List;
import java.util.Optional;

/**
 * Paragraphs of lines {@code X:value} (apk-package(5) names the letters). One without a name or
 * version is of no package.
 */
final class ApkDatabase {

  private final Packages packages = new Packages();

  private String name = "";
  private String version = "";
  private String architecture = "";
  private String origin = "";

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
    // letters differ by their case: a: is a file's owner
    switch (lines.first()) {
      case 'P' -> name = valueOr(lines, "P", name);
      case 'V' -> version = valueOr(lines, "V", version);
      case 'A' -> architecture = valueOr(lines, "A", architecture);
      case 'o' -> origin = valueOr(lines, "o", origin);
      default -> {
        // files and what nobody asks for
      }
    }
  }

  private static String valueOr(Lines lines, String field, String other) {
    return lines.isField(field) ? lines.value(field) : other;
  }

  private void endParagraph() {
    if (!name.isEmpty() && !version.isEmpty()) {
      packages.add(
          new InstalledPackage(
              name,
              version,
              architecture,
              origin.isEmpty() ? name : origin,
              version,
              Optional.empty()));
    }
    name = "";
    version = "";
    architecture = "";
    origin = "";
  }
}
