package dev.berth.registry.scan.update;

/** What an update tells as it goes on. */
public sealed interface FeedNews {

  /** So many feeds more are to be asked for. */
  record Planned(int feeds) implements FeedNews {}

  /**
   * A feed is being read.
   *
   * @param bytes that came so far, decompressed
   */
  record Reading(String feed, long bytes) implements FeedNews {}

  /** A feed was read. */
  record Imported(String feed, long records) implements FeedNews {}

  /** A feed is as it was, or the source has none: what is in force stays. */
  record Kept(String feed, boolean absent) implements FeedNews {}

  /**
   * A feed cannot be used, or one of a group that go together: what is in force of it stays.
   *
   * @param feed or the name of the group
   * @param feeds how many are told of
   */
  record Failed(String feed, int feeds, String why) implements FeedNews {}

  /** How the update ended in a region. */
  record Ended(String region, FeedUpdate.Outcome outcome) implements FeedNews {}
}
