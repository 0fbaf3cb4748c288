package dev.berth.registry.scan.layer;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.PackageFormat;
import dev.berth.core.scan.os.ReleaseFiles;
import dev.berth.registry.scan.layer.Fact.Database;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an image is and has installed, by its layers together.
 *
 * @param system empty if no file names one
 * @param packages of each package manager that has a database with any, in its order
 */
public record ImageFacts(
    Optional<OperatingSystem> system, Map<PackageFormat, List<InstalledPackage>> packages) {

  public ImageFacts {
    packages = Map.copyOf(packages);
  }

  /**
   * @param layers of the image, the lowest first
   */
  public static ImageFacts of(List<LayerFacts> layers) {
    return new Image(merged(layers)).facts();
  }

  /** Of each layer first what it takes away, then what it has. */
  private static TreeMap<String, Fact> merged(List<LayerFacts> layers) {
    TreeMap<String, Fact> merged = new TreeMap<>();
    for (LayerFacts layer : layers) {
      layer.opaque().forEach(directory -> remove(at(directory, merged), merged));
      layer.removed().forEach(path -> remove(at(path, merged), merged));
      new TreeMap<>(layer.facts()).forEach((path, fact) -> merged.put(at(path, merged), fact));
    }
    return merged;
  }

  /** Where a lower layer has a link on the way, the path leads through that. */
  private static String at(String path, Map<String, Fact> merged) {
    return Links.followParents(path, merged).orElse(path);
  }

  private static void remove(String path, TreeMap<String, Fact> merged) {
    merged.remove(path);
    Gathering.below(merged, path).clear();
  }

  /** The files of an image. */
  private record Image(TreeMap<String, Fact> files) {

    ImageFacts facts() {
      Map<PackageFormat, List<InstalledPackage>> packages = new EnumMap<>(PackageFormat.class);
      packages.put(PackageFormat.DPKG, Stream.concat(dpkg(), dpkgOfEach()).toList());
      packages.put(PackageFormat.APK, databases(WantedFiles.APK).flatMap(List::stream).toList());
      packages.put(PackageFormat.RPM, databases(WantedFiles.RPM).findFirst().orElse(List.of()));
      packages.values().removeIf(List::isEmpty);
      return new ImageFacts(system(), packages);
    }

    private Optional<OperatingSystem> system() {
      return ReleaseFiles.PATHS.stream()
          .flatMap(path -> resolved(path).stream())
          .flatMap(path -> release(files.get(path)).stream())
          .findFirst();
    }

    private static Optional<OperatingSystem> release(Fact fact) {
      return fact instanceof Fact.Release release ? release.system() : Optional.empty();
    }

    private Stream<InstalledPackage> dpkg() {
      return databases(List.of(WantedFiles.DPKG)).flatMap(List::stream);
    }

    private Stream<InstalledPackage> dpkgOfEach() {
      return resolved(WantedFiles.STATUS_DIRECTORY).stream()
          .flatMap(directory -> databases(filesIn(directory)))
          .flatMap(List::stream);
    }

    private List<String> filesIn(String directory) {
      return files.keySet().stream()
          .filter(path -> LayerPath.parent(path).equals(directory))
          .toList();
    }

    /** The packages of those that there are and that have any, each once. */
    private Stream<List<InstalledPackage>> databases(List<String> paths) {
      return paths.stream()
          .flatMap(path -> resolved(path).stream())
          .distinct()
          .flatMap(path -> packages(files.get(path)))
          .filter(packages -> !packages.isEmpty());
    }

    private static Stream<List<InstalledPackage>> packages(Fact fact) {
      return fact instanceof Database database ? Stream.of(database.packages()) : Stream.empty();
    }

    private Optional<String> resolved(String path) {
      return Links.follow(path, files);
    }
  }
}
