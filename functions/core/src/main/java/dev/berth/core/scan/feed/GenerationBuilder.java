package dev.berth.core.scan.feed;

import dev.berth.core.scan.index.Advisory;
import dev.berth.core.scan.index.AffectedPackage;
import dev.berth.core.scan.index.Capacity;
import dev.berth.core.scan.index.CveDetails;
import dev.berth.core.scan.index.CveIndexBuilder;
import dev.berth.core.scan.index.FeedState;
import dev.berth.core.scan.index.Generation;
import dev.berth.core.scan.index.IndexFile;
import dev.berth.core.scan.index.ReleaseIndex;
import dev.berth.core.scan.index.ReleaseIndexBuilder;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes a generation of index files from feeds, read one after the other: first those with
 * advisories, then NVD's, which have precedence in what is known of vulnerabilities.
 *
 * <p>After a feed that was refused there is no generation: one with half a feed would hide
 * vulnerabilities.
 */
public final class GenerationBuilder {

  /** A release while its index is collected. */
  private record Release(ReleaseIndexBuilder index, Set<String> feeds) {}

  private final Instant createdAt;
  private final List<FeedState> feeds = new ArrayList<>();
  private final Map<String, Release> releases = new TreeMap<>();
  private final Map<String, CveIndexBuilder> details = new TreeMap<>();
  private final Set<String> named = new HashSet<>();
  private final Capacity capacity = new Capacity();
  private boolean refused;

  /**
   * @param createdAt what the generation says
   */
  public GenerationBuilder(Instant createdAt) {
    this.createdAt = createdAt;
  }

  /** What is known of these is kept too, though no feed that is read here names them. */
  public void name(Collection<String> vulnerabilities) {
    named.addAll(vulnerabilities);
  }

  /**
   * Reads a feed.
   *
   * @param in its bytes, decompressed; not closed
   * @throws FeedException if it is refused
   */
  public FeedState read(Feed feed, Instant fetchedAt, InputStream in) {
    requireWhole();
    Target target = new Target(feed.name());
    refused = true;
    long records = read(feed, in, target);
    refused = false;
    FeedState state = new FeedState(feed.name(), fetchedAt, target.latest(fetchedAt), records);
    feeds.add(state);
    return state;
  }

  private static long read(Feed feed, InputStream in, Target target) {
    try {
      return feed.read(in, target);
    } catch (IllegalStateException e) {
      throw new FeedException(feed.name(), e);
    }
  }

  private void requireWhole() {
    if (refused) {
      throw new IllegalStateException("a feed was refused, so there is no generation");
    }
  }

  /** A finished generation: the manifest, and the bytes of each file that it names. */
  public record Result(Generation generation, Map<String, byte[]> files) {}

  /**
   * @throws IllegalStateException if a feed was refused
   */
  public Result build() {
    requireWhole();
    Map<String, byte[]> files = new TreeMap<>();
    List<IndexFile> listed = new ArrayList<>();
    releases.forEach((name, release) -> listed.add(build(name, release, files)));
    details.forEach((name, cves) -> listed.add(build(name, cves, files)));
    return new Result(new Generation(createdAt, feeds, listed), files);
  }

  private static IndexFile build(String name, Release release, Map<String, byte[]> files) {
    byte[] bytes = release.index().build();
    files.put(name, bytes);
    return new IndexFile(
        name,
        IndexFile.Kind.RELEASE,
        ReleaseIndex.read(bytes).size(),
        bytes.length,
        List.copyOf(release.feeds()));
  }

  private static IndexFile build(String name, CveIndexBuilder cves, Map<String, byte[]> files) {
    byte[] bytes = cves.build();
    files.put(name, bytes);
    return new IndexFile(name, IndexFile.Kind.CVES, cves.size(), bytes.length, List.of());
  }

  /** Takes what is in one feed. */
  private final class Target implements FeedTarget {

    private final String feed;
    private Instant updatedAt = Instant.MIN;
    private Optional<Advisory> last = Optional.empty();

    Target(String feed) {
      this.feed = feed;
    }

    @Override
    public void affected(String index, AffectedPackage row) {
      Release release =
          releases.computeIfAbsent(
              index, _ -> new Release(new ReleaseIndexBuilder(capacity), new LinkedHashSet<>()));
      release.feeds().add(feed);
      release.index().add(row);
      name(row.advisory());
    }

    /** Rows of one advisory come together. */
    private void name(Advisory advisory) {
      if (last.isEmpty() || last.get() != advisory) {
        last = Optional.of(advisory);
        named.addAll(advisory.cves());
      }
    }

    @Override
    public void details(CveDetails known) {
      if (named.contains(known.cve())) {
        details
            .computeIfAbsent(IndexFile.cvesWith(known.cve()), _ -> new CveIndexBuilder(capacity))
            .add(known);
      }
    }

    @Override
    public void updatedAt(Instant time) {
      updatedAt = time.isAfter(updatedAt) ? time : updatedAt;
    }

    Instant latest(Instant fetchedAt) {
      return updatedAt.equals(Instant.MIN) ? fetchedAt : updatedAt;
    }
  }
}
