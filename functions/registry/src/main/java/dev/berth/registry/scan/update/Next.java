package dev.berth.registry.scan.update;

import dev.berth.core.scan.index.FeedState;
import dev.berth.core.scan.index.Generation;
import dev.berth.core.scan.index.IndexFile;
import dev.berth.registry.scan.generation.NewGeneration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The generation that is being made. */
final class Next {

  private final NewGeneration generation;
  private final Before before;
  private final Map<String, FeedState> feeds = new LinkedHashMap<>();
  private final Map<String, IndexFile> written = new TreeMap<>();
  private final Map<String, IndexFile> kept = new TreeMap<>();
  private boolean changed;

  Next(NewGeneration generation, Before before) {
    this.generation = generation;
    this.before = before;
    before.feeds().forEach(feed -> feeds.put(feed.name(), feed));
  }

  void put(FeedState feed) {
    feeds.put(feed.name(), feed);
    changed = true;
  }

  /** A feed of which nothing is in it. */
  void drop(String feed) {
    changed |= feeds.remove(feed) != null;
  }

  void put(IndexFile file, byte[] bytes) {
    generation.put(file.name(), bytes);
    written.put(file.name(), file);
    changed = true;
  }

  /**
   * Takes a file over, if none of its name is written, when all others are: where none was, nothing
   * is.
   */
  void keep(IndexFile file) {
    kept.put(file.name(), file);
  }

  /** Whether it differs from the one before. */
  boolean isChanged() {
    return changed;
  }

  boolean commit(Instant createdAt) {
    kept.keySet().removeAll(written.keySet());
    kept.values().forEach(file -> generation.keep(before.generation(), file));
    List<IndexFile> files =
        Stream.concat(kept.values().stream(), written.values().stream())
            .sorted(Comparator.comparing(IndexFile::name))
            .toList();
    return generation.commit(new Generation(createdAt, List.copyOf(feeds.values()), files));
  }
}
