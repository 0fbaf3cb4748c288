package dev.berth.registry.scan.update;

import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.index.CveIndex;
import dev.berth.core.scan.index.FeedState;
import dev.berth.core.scan.index.IndexFile;
import dev.berth.core.scan.index.InvalidIndexException;
import dev.berth.core.scan.index.ReleaseIndex;
import dev.berth.registry.scan.generation.DamagedGenerationException;
import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.scan.generation.StoredGeneration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The generation that is in force while the next one is made. A file that is damaged counts as one
 * that is not there.
 */
final class Before {

  private static final System.Logger LOG = System.getLogger(Before.class.getName());

  private final Generations generations;
  private final Optional<StoredGeneration> generation;

  Before(Generations generations) {
    this.generations = generations;
    generation = current(generations);
  }

  private static Optional<StoredGeneration> current(Generations generations) {
    try {
      return generations.current();
    } catch (DamagedGenerationException e) {
      LOG.log(System.Logger.Level.ERROR, "all feeds are imported anew", e);
      return Optional.empty();
    }
  }

  /** To take files over from. */
  StoredGeneration generation() {
    return generation.orElseThrow();
  }

  List<FeedState> feeds() {
    return generation.map(it -> it.manifest().feeds()).orElse(List.of());
  }

  Optional<String> version(Feed feed) {
    return generation
        .flatMap(it -> it.manifest().feed(feed.name()))
        .map(FeedState::version)
        .filter(version -> !version.isEmpty());
  }

  /** The indexes that were made from any of these. */
  List<IndexFile> indexesOf(List<String> feeds) {
    return releases().stream()
        .filter(file -> file.feeds().stream().anyMatch(feeds::contains))
        .toList();
  }

  List<IndexFile> releases() {
    return ofKind(IndexFile.Kind.RELEASE);
  }

  List<IndexFile> cves() {
    return ofKind(IndexFile.Kind.CVES);
  }

  private List<IndexFile> ofKind(IndexFile.Kind kind) {
    return generation.map(it -> it.manifest().files()).orElse(List.of()).stream()
        .filter(file -> file.kind() == kind)
        .toList();
  }

  /** Empty if it is damaged. */
  Optional<ReleaseIndex> release(IndexFile file) {
    return read(file, ReleaseIndex::read);
  }

  /** Empty if it is damaged. */
  Optional<CveIndex> cves(IndexFile file) {
    return read(file, CveIndex::read);
  }

  private <T> Optional<T> read(IndexFile file, Function<byte[], T> read) {
    try {
      return Optional.of(read.apply(generations.read(generation(), file)));
    } catch (DamagedGenerationException | InvalidIndexException e) {
      LOG.log(System.Logger.Level.ERROR, file.name() + " is damaged, and made anew", e);
      return Optional.empty();
    }
  }
}
