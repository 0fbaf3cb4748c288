package dev.berth.registry.scan.layer;

import dev.berth.core.scan.os.ReleaseFiles;
import dev.berth.core.scan.packages.PackageDatabaseException;
import dev.berth.core.scan.packages.PackageDatabases;
import dev.berth.registry.scan.layer.Fact.Link;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One reading of a layer. */
final class LayerPass {

  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  /** What aufs keeps beside files. */
  private static final String ANOTHER_MARK = ".wh..wh.";

  private final Gathering gathering = new Gathering();
  private final WantedFiles wanted = new WantedFiles();

  /** What links turned out to lead to, which may have gone by before. */
  private final Map<String, WantedFile> late = new HashMap<>();

  /**
   * @param alsoWanted what a reading before found out
   */
  LayerPass(Map<String, WantedFile> alsoWanted) {
    alsoWanted.forEach(wanted::add);
  }

  /**
   * Reads the layer to its end, and closes it.
   *
   * @throws LayerException if it cannot be read, or goes beyond the limits
   * @throws IOException if its source fails
   */
  LayerFacts read(InputStream layer, Meter meter) throws IOException {
    try (var in = new MeteredInput(layer, meter);
        var tar = new TarReader(Unpacking.open(in), meter)) {
      Optional<TarEntry> entry = tar.next();
      while (entry.isPresent()) {
        take(entry.get(), tar);
        entry = tar.next();
      }
      tar.drain();
    }
    return gathering.done();
  }

  /** What another reading has to want as well, to find out whether it is there. */
  Map<String, WantedFile> missed() {
    boolean systemIsKnown = gathering.facts().values().stream().anyMatch(LayerPass::namesSystem);
    Map<String, WantedFile> missed = new HashMap<>(late);
    missed.keySet().removeIf(this::isThere);
    missed.values().removeIf(file -> systemIsKnown && file instanceof WantedFile.Release);
    return missed;
  }

  private boolean isThere(String path) {
    return gathering.facts().containsKey(path) || gathering.hasBelow(path);
  }

  private static boolean namesSystem(Fact fact) {
    return fact instanceof Fact.Release release && release.system().isPresent();
  }

  private void take(TarEntry entry, TarReader tar) throws IOException {
    if (isPossible(entry.path()) && isPossible(entry.target())) {
      Optional<String> path = Links.followParents(entry.path(), gathering.facts());
      if (path.isPresent()) {
        take(path.get(), entry, tar);
      }
    }
  }

  private static boolean isPossible(String path) {
    return path.length() <= LayerPath.LONGEST;
  }

  private void take(String path, TarEntry entry, TarReader tar) throws IOException {
    if (path.isEmpty()) {
      // the root, which is there anyway
      return;
    }
    if (LayerPath.name(path).startsWith(WHITEOUT)) {
      takeWhiteout(LayerPath.parent(path), LayerPath.name(path));
    } else if (entry.kind() == TarEntry.Kind.FILE && wanted.find(path).isPresent()) {
      takeFile(path, wanted.find(path).get(), tar.content(entry));
    } else if (wanted.concern(path)) {
      takeOther(path, entry);
    }
  }

  private void takeWhiteout(String directory, String name) {
    if (name.equals(OPAQUE)) {
      if (wanted.isDirectory(directory)) {
        gathering.hideBelow(directory);
      }
    } else if (!name.startsWith(ANOTHER_MARK)) {
      String path = LayerPath.child(directory, name.substring(WHITEOUT.length()));
      if (wanted.concern(path)) {
        gathering.remove(path);
      }
    }
  }

  private void takeFile(String path, WantedFile file, byte[] content) {
    try {
      gathering.put(
          path,
          switch (file) {
            case WantedFile.Release release ->
                new Fact.Release(ReleaseFiles.read(release.path(), content));
            case WantedFile.Database database ->
                new Fact.Database(
                    database.format(), PackageDatabases.read(database.format(), content));
            case WantedFile.StatusDirectory directory ->
                throw new IllegalStateException(path + " is a directory");
          });
    } catch (PackageDatabaseException e) {
      throw new LayerException("%s cannot be read: %s".formatted(path, e.getMessage()));
    }
  }

  private void takeOther(String path, TarEntry entry) {
    switch (entry.kind()) {
      case SYMBOLIC_LINK -> takeLink(path, LayerPath.target(path, entry.target()));
      case HARD_LINK -> takeHardLink(path, LayerPath.of(entry.target()));
      case DIRECTORY -> takeDirectory(path);
      case FILE, OTHER -> gathering.replace(path);
    }
  }

  private void takeLink(String path, String target) {
    gathering.replace(path);
    gathering.put(path, new Link(target));
    wanted.follow(path, target).forEach(this::noteLate);
  }

  /** Another name of a file that went by before. */
  private void takeHardLink(String path, String target) {
    Fact fact =
        Links.followParents(target, gathering.facts()).map(gathering.facts()::get).orElse(null);
    gathering.replace(path);
    if (fact != null) {
      gathering.put(path, fact);
    } else {
      wanted.find(path).ifPresent(file -> noteLate(target, file));
    }
  }

  private void noteLate(String path, WantedFile file) {
    late.put(path, file);
    WantedFiles.requireFew(late.size());
  }

  /** It takes the place of anything else, and else leaves what is there. */
  private void takeDirectory(String path) {
    if (wanted.find(path).isPresent() || gathering.facts().get(path) instanceof Link) {
      gathering.replace(path);
    }
  }
}
