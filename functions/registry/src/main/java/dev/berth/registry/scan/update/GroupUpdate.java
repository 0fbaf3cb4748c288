package dev.berth.registry.scan.update;

import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.FeedException;
import dev.berth.core.scan.feed.GenerationBuilder;
import dev.berth.core.scan.index.CveIndex;
import dev.berth.core.scan.index.FeedState;
import dev.berth.core.scan.index.IndexFile;
import dev.berth.core.scan.index.ReleaseIndex;
import dev.berth.registry.scan.update.FeedSource.Absent;
import dev.berth.registry.scan.update.FeedSource.Content;
import dev.berth.registry.scan.update.FeedSource.Offer;
import dev.berth.registry.scan.update.FeedSource.Unchanged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The indexes of one group of feeds with advisories. */
final class GroupUpdate {

  private final List<Feed> group;
  private final Attempt attempt;
  private final Before before;
  private final Next next;
  private final Known known;

  GroupUpdate(List<Feed> group, Attempt attempt, Before before, Next next, Known known) {
    this.group = group;
    this.attempt = attempt;
    this.before = before;
    this.next = next;
    this.known = known;
  }

  /** What was made of the group; empty where there is nothing new. */
  private record Made(List<FeedState> states, GenerationBuilder.Result result) {}

  /**
   * Asks for the feeds, and makes the indexes anew if one of them has changed; else, and where that
   * fails, those that are in force are kept.
   */
  void run() {
    // one that is damaged cannot be kept, so it is made whether or not its feeds have changed
    boolean whole = old().stream().allMatch(file -> before.release(file).isPresent());
    Optional<Optional<Made>> made = attempt.of(label(), group.size(), () -> make(whole));
    if (made.isPresent() && made.get().isPresent()) {
      put(made.get().get());
    } else {
      keep();
    }
  }

  private String label() {
    return group.size() == 1 ? group.getFirst().name() : group.getFirst().group();
  }

  private List<IndexFile> old() {
    return before.indexesOf(group.stream().map(Feed::name).toList());
  }

  /** Takes over what is in force. */
  void keep() {
    boolean whole = true;
    for (IndexFile file : old()) {
      Optional<ReleaseIndex> index = before.release(file);
      index.ifPresent(known::name);
      index.ifPresent(_ -> next.keep(file));
      whole &= index.isPresent();
    }
    if (!whole) {
      group.forEach(feed -> next.drop(feed.name()));
    }
  }

  private Optional<Made> make(boolean conditional) throws IOException {
    List<Offer> offers = new ArrayList<>();
    try {
      for (Feed feed : group) {
        offers.add(
            attempt.source().open(feed, conditional ? before.version(feed) : Optional.empty()));
      }
      return make(offers);
    } finally {
      for (Offer offer : offers) {
        offer.close();
      }
    }
  }

  private Optional<Made> make(List<Offer> offers) throws IOException {
    if (offers.stream().allMatch(Absent.class::isInstance)) {
      attempt.tellKept(group, true);
      return Optional.empty();
    }
    if (offers.stream().allMatch(Unchanged.class::isInstance)) {
      attempt.tellKept(group, false);
      return Optional.empty();
    }
    GenerationBuilder builder = new GenerationBuilder(attempt.clock().instant());
    List<FeedState> states = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      states.add(read(group.get(i), offers.get(i), builder));
    }
    return Optional.of(new Made(states, builder.build()));
  }

  /** One that has not changed is needed all the same, as it is in the same indexes. */
  private FeedState read(Feed feed, Offer offer, GenerationBuilder builder) throws IOException {
    return switch (offer) {
      case Content content -> attempt.read(feed, content, builder);
      case Absent _ ->
          throw new FeedException(
              "%s is not there, without which there is no index".formatted(feed.name()));
      case Unchanged _ -> {
        try (Offer again = attempt.source().open(feed, Optional.empty())) {
          if (!(again instanceof Content content)) {
            throw new FeedException(feed.name() + " does not come though it is asked for");
          }
          yield attempt.read(feed, content, builder);
        }
      }
    };
  }

  private void put(Made made) {
    Map<String, byte[]> bytes = made.result().files();
    for (IndexFile file : made.result().generation().files()) {
      switch (file.kind()) {
        case RELEASE -> {
          known.name(ReleaseIndex.read(bytes.get(file.name())));
          next.put(file, bytes.get(file.name()));
        }
        case CVES -> known.add(file.name(), CveIndex.read(bytes.get(file.name())));
      }
    }
    made.states().forEach(next::put);
    made.states().forEach(attempt::tellImported);
  }
}
