package dev.berth.registry.scan.update;

import dev.berth.core.scan.catalog.Distributions;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.nvd.NvdFeed;
import dev.berth.registry.scan.generation.Generations;
import java.time.Clock;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Fetches feeds, and puts a generation in force that is made of them. One run at a time. */
public final class FeedUpdate {

  private final Clock clock;
  private final List<Feed> feeds;
  private final ReentrantLock running = new ReentrantLock();

  /**
   * Of all feeds that there are.
   *
   * @param clock by which feeds are fetched
   */
  public FeedUpdate(Clock clock) {
    this(clock, Distributions.feeds());
  }

  /**
   * @param feeds those with advisories
   */
  FeedUpdate(Clock clock, List<Feed> feeds) {
    this.clock = clock;
    this.feeds = List.copyOf(feeds);
  }

  /** How a run ended. */
  public enum Outcome {
    /** A new generation is in force. */
    UPDATED,
    /** There was nothing new, or nothing that could be used. */
    UNCHANGED,
    /** Another update was faster, and is in force. */
    OVERTAKEN,
    /** Another run is under way in this process. */
    BUSY
  }

  /**
   * @param source where feeds come from
   * @param generations in which the new one takes the place of the one in force
   * @param news is told of each feed; what it throws ends the run, and nothing changes
   * @throws dev.berth.registry.store.StoreException when a store cannot answer; nothing changes
   */
  public Outcome run(
      FeedSource source, Generations generations, FeedSelection wanted, Consumer<FeedNews> news) {
    if (!running.tryLock()) {
      return Outcome.BUSY;
    }
    try {
      return run(generations, wanted, new Attempt(source, clock, news));
    } finally {
      running.unlock();
    }
  }

  private Outcome run(Generations generations, FeedSelection wanted, Attempt attempt) {
    var begun = generations.begin();
    Before before = new Before(generations);
    Next next = new Next(begun, before);
    Known known = new Known();
    updateGroups(wanted, attempt, before, next, known);
    keepForeign(before, next, known);
    updateCves(wanted, attempt, before, next, known);
    if (!next.isChanged()) {
      return Outcome.UNCHANGED;
    }
    return next.commit(clock.instant()) ? Outcome.UPDATED : Outcome.OVERTAKEN;
  }

  private void updateGroups(
      FeedSelection wanted, Attempt attempt, Before before, Next next, Known known) {
    Map<String, List<Feed>> groups =
        feeds.stream()
            .collect(Collectors.groupingBy(Feed::group, LinkedHashMap::new, Collectors.toList()));
    int asked = groups.values().stream().filter(wanted::hasAny).mapToInt(List::size).sum();
    attempt.news().accept(new FeedNews.Planned(asked));
    for (List<Feed> group : groups.values()) {
      var update = new GroupUpdate(group, attempt, before, next, known);
      if (wanted.hasAny(group)) {
        update.run();
      } else {
        update.keep();
      }
    }
  }

  /** Of feeds that this version does not know: another one may be in use beside it. */
  private void keepForeign(Before before, Next next, Known known) {
    List<String> ours = feeds.stream().map(Feed::name).toList();
    before.releases().stream()
        .filter(file -> file.feeds().stream().noneMatch(ours::contains))
        .forEach(
            file ->
                before
                    .release(file)
                    .ifPresent(
                        index -> {
                          known.name(index);
                          next.keep(file);
                        }));
  }

  private void updateCves(
      FeedSelection wanted, Attempt attempt, Before before, Next next, Known known) {
    Map<Optional<NvdFeed>, List<String>> files = new LinkedHashMap<>();
    int thisYear = Year.now(clock.withZone(ZoneOffset.UTC)).getValue();
    known
        .files()
        .forEach(
            file ->
                files
                    .computeIfAbsent(CveYears.feedOf(file, thisYear), _ -> new ArrayList<>())
                    .add(file));
    long asked =
        files.keySet().stream().filter(feed -> feed.filter(wanted::has).isPresent()).count();
    attempt.news().accept(new FeedNews.Planned((int) asked));
    files.forEach(
        (feed, of) ->
            new CveUpdate(
                    feed, feed.filter(wanted::has).isPresent(), of, attempt, before, next, known)
                .run());
  }
}
