package dev.berth.lambda.feed;

import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.scan.update.FeedNews;
import dev.berth.registry.scan.update.FeedNews.Ended;
import dev.berth.registry.scan.update.FeedNews.Failed;
import dev.berth.registry.scan.update.FeedNews.Imported;
import dev.berth.registry.scan.update.FeedSelection;
import dev.berth.registry.scan.update.FeedSource;
import dev.berth.registry.scan.update.FeedUpdate;
import dev.berth.registry.scan.update.FeedUpdates;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;

/** Brings one deployment's indexes up to date by all feeds, and writes it into the log. */
public record DailyFeeds(
    String region, FeedUpdate update, FeedSource source, Generations generations)
    implements FeedUpdates {

  private static final System.Logger LOG = System.getLogger(DailyFeeds.class.getName());

  /** Says when feeds are fetched: {@code daily}, or {@code off}, as where it is absent. */
  public static final String WHEN = "BERTH_FEEDS";

  /**
   * As environment variables say.
   *
   * @throws IllegalArgumentException if they say something else
   */
  public static FeedUpdates of(
      Map<String, String> environment, String region, Generations generations, Clock clock) {
    String when = environment.getOrDefault(WHEN, "off");
    return switch (when) {
      case "daily" ->
          new DailyFeeds(region, new FeedUpdate(clock), new PublisherFeeds(), generations);
      case "off" -> FeedUpdates.OFF;
      default ->
          throw new IllegalArgumentException("%s is '%s', not daily or off".formatted(WHEN, when));
    };
  }

  @Override
  public void run() {
    log(new Ended(region, update.run(source, generations, FeedSelection.ALL, DailyFeeds::log)));
  }

  /** As somebody reads it who was not there. */
  public static void log(FeedNews news) {
    switch (news) {
      case Failed failed ->
          LOG.log(
              Level.WARNING,
              "feed {0} is not imported, what is in force of it stays: {1}",
              failed.feed(),
              failed.why());
      case Imported imported ->
          LOG.log(Level.DEBUG, "feed {0} has {1} records", imported.feed(), imported.records());
      case Ended ended -> LOG.log(Level.INFO, "feeds in {0}: {1}", ended.region(), ended.outcome());
      default -> {}
    }
  }
}
