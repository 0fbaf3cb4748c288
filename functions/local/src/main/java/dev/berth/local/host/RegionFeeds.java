package dev.berth.local.host;

import dev.berth.registry.scan.generation.DamagedGenerationException;
import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.scan.generation.StoredGeneration;
import dev.berth.registry.scan.update.FeedNews;
import dev.berth.registry.scan.update.FeedNews.Ended;
import dev.berth.registry.scan.update.FeedUpdate;
import dev.berth.registry.scan.update.FeedUpdate.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The indexes of all regions, which are brought up to date together: feeds are fetched and imported
 * once, by the region whose generation is the newest, and the others take it over.
 */
final class RegionFeeds {

  private final FeedUpdate update = new FeedUpdate(Clock.systemUTC());
  private final List<Region> regions = new CopyOnWriteArrayList<>();

  private record Region(String name, Generations generations) {

    /** One that is damaged is worth nothing. */
    Instant createdAt() {
      try {
        return generations.current().map(it -> it.manifest().createdAt()).orElse(Instant.MIN);
      } catch (DamagedGenerationException e) {
        return Instant.MIN;
      }
    }
  }

  void add(String region, Generations generations) {
    regions.add(new Region(region, generations));
  }

  /**
   * @param news takes what comes about; what it throws ends the update
   * @throws SetupException if what is in force cannot be read
   */
  void run(FeedsQuestion question, Consumer<FeedNews> news) {
    Region newest =
        regions.stream()
            .max(Comparator.comparing(Region::createdAt))
            .orElseThrow(() -> new SetupException("there is no region yet"));
    Outcome outcome =
        update.run(question.source(), newest.generations(), question.selection(), news);
    news.accept(new Ended(newest.name(), outcome));
    if (outcome != Outcome.BUSY) {
      regions.stream()
          .filter(region -> region != newest)
          .forEach(region -> news.accept(new Ended(region.name(), takeOver(region, newest))));
    }
  }

  private static Outcome takeOver(Region region, Region newest) {
    try {
      return switch (region.generations().takeOver(newest.generations())) {
        case DONE -> Outcome.UPDATED;
        case NOTHING_NEW -> Outcome.UNCHANGED;
        case OVERTAKEN -> Outcome.OVERTAKEN;
      };
    } catch (DamagedGenerationException e) {
      throw new SetupException(newest.name() + ": " + e.getMessage());
    }
  }

  /** What is in force in each region that has something. */
  List<FeedsStatus> status() {
    List<FeedsStatus> all = new ArrayList<>();
    for (Region region : regions) {
      try {
        Optional<StoredGeneration> current = region.generations().current();
        current.ifPresent(it -> all.add(new FeedsStatus(region.name(), it.id(), it.manifest())));
      } catch (DamagedGenerationException e) {
        throw new SetupException(region.name() + ": " + e.getMessage());
      }
    }
    return all;
  }
}
