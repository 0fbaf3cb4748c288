package dev.berth.registry.scan.update;

/** What a deployment's daily rule has done about its feeds. */
@FunctionalInterface
public interface FeedUpdates {

  /** Where nobody switched it on: hundreds of megabytes are not fetched unasked. */
  FeedUpdates OFF = () -> {};

  /**
   * Brings the indexes up to date. Feeds that fail are told of in the log, and made up for the next
   * day.
   *
   * @throws dev.berth.registry.store.StoreException when a store cannot answer
   */
  void run();
}
