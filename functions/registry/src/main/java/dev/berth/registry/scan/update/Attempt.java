package dev.berth.registry.scan.update;

import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.FeedException;
import dev.berth.core.scan.feed.GenerationBuilder;
import dev.berth.core.scan.index.FeedState;
import dev.berth.registry.scan.update.FeedSource.Content;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads feeds, and tells of it. */
record Attempt(FeedSource source, Clock clock, Consumer<FeedNews> news) {

  private static final System.Logger LOG = System.getLogger(Attempt.class.getName());

  /** Something that may fail for one feed, while the others go on. */
  interface Step<T> {
    T run() throws IOException;
  }

  /**
   * @param name what is told of
   * @param feeds how many it is of
   * @return empty if it failed, of which it is told
   */
  <T> Optional<T> of(String name, int feeds, Step<T> step) {
    try {
      return Optional.of(step.run());
    } catch (IOException | FeedException e) {
      news.accept(new FeedNews.Failed(name, feeds, String.valueOf(e.getMessage())));
    } catch (TellingFailed e) {
      throw e.failure;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "feed " + name + " is not imported", e);
      news.accept(
          new FeedNews.Failed(name, feeds, "a fault of Berth's own, of which its log says more"));
    }
    return Optional.empty();
  }

  /**
   * @param feeds which are as they were, or which the source does not have
   */
  void tellKept(Iterable<? extends Feed> feeds, boolean absent) {
    feeds.forEach(feed -> tell(new FeedNews.Kept(feed.name(), absent)));
  }

  FeedState read(Feed feed, Content content, GenerationBuilder into) {
    var bytes = new Reading(content.bytes(), feed.name(), this::tell);
    return into.read(feed, clock.instant(), bytes).of(content.version());
  }

  void tellImported(FeedState state) {
    news.accept(new FeedNews.Imported(state.name(), state.records()));
  }

  /** Whoever is told may be gone, which is no fault of the feed's. */
  private void tell(FeedNews told) {
    try {
      news.accept(told);
    } catch (RuntimeException e) {
      throw new TellingFailed(e);
    }
  }

  private static final class TellingFailed extends RuntimeException {
    private final RuntimeException failure;

    TellingFailed(RuntimeException failure) {
      super(failure);
      this.failure = failure;
    }
  }
}
