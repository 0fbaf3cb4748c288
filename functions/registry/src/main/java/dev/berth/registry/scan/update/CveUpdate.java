package dev.berth.registry.scan.update;

import dev.berth.core.scan.feed.FeedException;
import dev.berth.core.scan.feed.GenerationBuilder;
import dev.berth.core.scan.feed.nvd.NvdFeed;
import dev.berth.core.scan.index.Capacity;
import dev.berth.core.scan.index.CveDetails;
import dev.berth.core.scan.index.CveIndex;
import dev.berth.core.scan.index.CveIndexBuilder;
import dev.berth.core.scan.index.FeedState;
import dev.berth.core.scan.index.IndexFile;
import dev.berth.registry.scan.update.FeedSource.Absent;
import dev.berth.registry.scan.update.FeedSource.Content;
import dev.berth.registry.scan.update.FeedSource.Offer;
import dev.berth.registry.scan.update.FeedSource.Unchanged;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of the vulnerabilities that one feed of NVD has: a file, or several of the years
 * before there were feeds.
 *
 * <p>The feed has precedence over advisories, and both over what was known before. Where the feed
 * is not read now, what was known before may be from it, and has precedence.
 */
final class CveUpdate {

  private final Optional<NvdFeed> feed;
  private final boolean asked;
  private final List<String> files;
  private final Attempt attempt;
  private final Before before;
  private final Next next;
  private final Known known;
  private final Map<String, CveIndex> old = new HashMap<>();

  /**
   * @param feed empty where there is none
   * @param asked whether it is asked for
   */
  CveUpdate(
      Optional<NvdFeed> feed,
      boolean asked,
      List<String> files,
      Attempt attempt,
      Before before,
      Next next,
      Known known) {
    this.feed = feed;
    this.asked = asked;
    this.files = files;
    this.attempt = attempt;
    this.before = before;
    this.next = next;
    this.known = known;
  }

  private record Made(FeedState state, Map<String, CveIndex> said) {}

  void run() {
    readOld();
    Optional<Made> made =
        feed.filter(_ -> asked)
            .flatMap(it -> attempt.of(it.name(), 1, () -> make(it)).flatMap(read -> read));
    if (!isOldWhole()) {
      // what the feed said is lost, so it has to come again
      feed.ifPresent(it -> next.drop(it.name()));
    }
    made.ifPresent(it -> next.put(it.state()));
    files.forEach(file -> put(file, made));
    made.ifPresent(it -> attempt.tellImported(it.state()));
  }

  private void readOld() {
    before.cves().stream()
        .filter(file -> files.contains(file.name()))
        .forEach(file -> before.cves(file).ifPresent(index -> old.put(file.name(), index)));
  }

  private Optional<Made> make(NvdFeed nvd) throws IOException {
    String names = known.digest(files) + " ";
    try (Offer offer = attempt.source().open(nvd, version(nvd, names))) {
      return switch (offer) {
        case Content content -> Optional.of(read(nvd, content, names));
        case Unchanged _ -> {
          attempt.tellKept(List.of(nvd), false);
          yield Optional.empty();
        }
        case Absent _ -> {
          attempt.tellKept(List.of(nvd), true);
          yield Optional.empty();
        }
      };
    }
  }

  /** The version that was read by the same names, as nothing is kept of others. */
  private Optional<String> version(NvdFeed nvd, String names) {
    return before
        .version(nvd)
        .filter(version -> isOldWhole() && version.startsWith(names))
        .map(version -> version.substring(names.length()));
  }

  private boolean isOldWhole() {
    return before.cves().stream()
        .map(IndexFile::name)
        .filter(files::contains)
        .allMatch(old::containsKey);
  }

  private Made read(NvdFeed nvd, Content content, String names) {
    GenerationBuilder builder = new GenerationBuilder(attempt.clock().instant());
    files.forEach(file -> builder.name(known.names(file)));
    FeedState state = attempt.read(nvd, content, builder);
    Map<String, CveIndex> said = new HashMap<>();
    builder.build().files().forEach((file, bytes) -> said.put(file, CveIndex.read(bytes)));
    String version = content.version().isEmpty() ? "" : names + content.version();
    return new Made(state.of(version), said);
  }

  private void put(String file, Optional<Made> made) {
    Optional<IndexFile> inForce =
        before.cves().stream()
            .filter(it -> it.name().equals(file) && old.containsKey(file))
            .findFirst();
    if (inForce.isPresent() && made.isEmpty() && !known.hasNew(file)) {
      next.keep(inForce.get());
    } else {
      attempt
          .of(file, 0, () -> build(file, made))
          .ifPresentOrElse(index -> write(file, index), () -> inForce.ifPresent(next::keep));
    }
  }

  private CveIndexBuilder build(String file, Optional<Made> made) {
    CveIndexBuilder index = new CveIndexBuilder(new Capacity());
    Stream<CveDetails> was = Optional.ofNullable(old.get(file)).stream().flatMap(CveIndex::all);
    Stream<CveDetails> said = known.said(file);
    Stream<CveDetails> nvd = made.map(it -> it.said().get(file)).stream().flatMap(CveIndex::all);
    try {
      Stream.concat(made.isPresent() ? Stream.concat(was, said) : Stream.concat(said, was), nvd)
          .filter(details -> known.names(file).contains(details.cve()))
          .forEach(index::add);
    } catch (IllegalStateException e) {
      throw new FeedException(file, e);
    }
    return index;
  }

  private void write(String file, CveIndexBuilder index) {
    if (index.size() > 0) {
      byte[] bytes = index.build();
      next.put(
          new IndexFile(file, IndexFile.Kind.CVES, index.size(), bytes.length, List.of()), bytes);
    }
  }
}
