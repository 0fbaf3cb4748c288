package dev.berth.registry.image;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Records when images were last pulled, to the day, so that a pull is seldom a write. */
final class PullTimes {

  private static final System.Logger LOG = System.getLogger(PullTimes.class.getName());

  /** So long after a recorded pull, others are not recorded. */
  static final Duration PRECISION = Duration.ofDays(1);

  private final Table table;
  private final Clock clock;

  PullTimes(Table table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /**
   * Of several pulls at once one is recorded. A record that cannot be written is no reason to
   * refuse the pull.
   */
  void record(String repositoryId, Image image) {
    Instant now = clock.instant();
    boolean recent =
        image.lastPulledAt().filter(time -> time.plus(PRECISION).isAfter(now)).isPresent();
    if (recent) {
      return;
    }
    try {
      table.transact(
          Action.update(Keys.image(repositoryId, image.digest()))
              .set(ImageItem.LAST_PULLED_AT, now.toEpochMilli())
              .when(Condition.all(ImageItem.isActive(), ImageItem.isPulledAsOf(image))));
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "pull time of " + image.digest() + " not recorded", e);
    }
  }
}
