package dev.berth.core.scan.index;

import java.time.Instant;

/**
 * A feed as it went into a generation.
 *
 * @param name of the feed
 * @param fetchedAt when its bytes were fetched
 * @param sourceUpdatedAt the feed's own time, not after {@code fetchedAt}; that one where the feed
 *     says none
 * @param records how many it has
 * @param version by which whoever fetched it knows whether it has changed; may be empty
 */
public record FeedState(
    String name, Instant fetchedAt, Instant sourceUpdatedAt, long records, String version) {

  public FeedState(String name, Instant fetchedAt, Instant sourceUpdatedAt, long records) {
    this(name, fetchedAt, sourceUpdatedAt, records, "");
  }

  public FeedState {
    sourceUpdatedAt = sourceUpdatedAt.isAfter(fetchedAt) ? fetchedAt : sourceUpdatedAt;
  }

  /** The same, of a version. */
  public FeedState of(String newVersion) {
    return new FeedState(name, fetchedAt, sourceUpdatedAt, records, newVersion);
  }
}
