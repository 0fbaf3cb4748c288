package dev.berth.registry.scan.layer;

import dev.berth.core.scan.PackageFormat;
import dev.berth.core.scan.os.ReleaseFiles;
import dev.berth.registry.scan.layer.WantedFile.Database;
import dev.berth.registry.scan.layer.WantedFile.Release;
import dev.berth.registry.scan.layer.WantedFile.StatusDirectory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where an image has what is read of it, which symbolic links may add to. */
final class WantedFiles {

  static final String DPKG = "var/lib/dpkg/status";

  /** Of dpkg in images that have no package manager: a file for each package. */
  static final String STATUS_DIRECTORY = "var/lib/dpkg/status.d";

  static final List<String> APK = List.of("lib/apk/db/installed", "usr/lib/apk/db/installed");

  /** An image of rpm has one of these; where it has several, the first counts. */
  static final List<String> RPM =
      List.of(
          "usr/lib/sysimage/rpm/rpmdb.sqlite",
          "var/lib/rpm/rpmdb.sqlite",
          "usr/share/rpm/rpmdb.sqlite",
          "usr/lib/sysimage/rpm/Packages.db",
          "var/lib/rpm/Packages.db",
          "usr/lib/sysimage/rpm/Packages",
          "var/lib/rpm/Packages");

  /** More files and directories are of somebody who wants to see how many there can be. */
  private static final int MOST_PATHS = 2000;

  private final Map<String, WantedFile> files = new HashMap<>();

  /** Those that files are in, directly or not. */
  private final Set<String> directories = new HashSet<>();

  WantedFiles() {
    directories.add("");
    ReleaseFiles.PATHS.forEach(path -> add(path, new Release(path)));
    add(DPKG, new Database(PackageFormat.DPKG));
    APK.forEach(path -> add(path, new Database(PackageFormat.APK)));
    RPM.forEach(path -> add(path, new Database(PackageFormat.RPM)));
    add(STATUS_DIRECTORY, new StatusDirectory());
  }

  void add(String path, WantedFile file) {
    files.put(path, file);
    String at = LayerPath.parent(path);
    while (directories.add(at)) {
      at = LayerPath.parent(at);
      requireFew();
    }
    requireFew();
  }

  private void requireFew() {
    requireFew(files.size() + directories.size());
  }

  static void requireFew(int paths) {
    if (paths > MOST_PATHS) {
      throw new LayerException("its links make too many places of package databases");
    }
  }

  Optional<WantedFile> find(String path) {
    WantedFile file = files.get(path);
    if (file == null && files.get(LayerPath.parent(path)) instanceof StatusDirectory) {
      return path.endsWith(".md5sums")
          ? Optional.empty()
          : Optional.of(new Database(PackageFormat.DPKG));
    }
    return Optional.ofNullable(file).filter(found -> !(found instanceof StatusDirectory));
  }

  /** Whether it matters what becomes of a path. */
  boolean concern(String path) {
    return isDirectory(path) || find(path).isPresent();
  }

  /** Whether there may be files in it, or below it. */
  boolean isDirectory(String path) {
    return directories.contains(path) || files.get(path) instanceof StatusDirectory;
  }

  /**
   * Wants what a link leads to as well, in the place of what is wanted at and below the link.
   *
   * @return the files that were not wanted before
   */
  Map<String, WantedFile> follow(String link, String target) {
    Map<String, WantedFile> added = new HashMap<>();
    files.forEach(
        (path, file) ->
            through(path, link, target)
                .filter(alias -> !files.containsKey(alias))
                .ifPresent(alias -> added.put(alias, file)));
    added.forEach(this::add);
    return added;
  }

  private static Optional<String> through(String path, String link, String target) {
    return path.equals(link) || LayerPath.isBelow(path, link)
        ? Optional.of(LayerPath.of(target + path.substring(link.length())))
        : Optional.empty();
  }
}
