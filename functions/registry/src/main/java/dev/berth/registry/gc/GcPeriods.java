package dev.berth.registry.gc;

import java.time.Duration;

/**
 * How long collection waits.
 *
 * @param untouched a link that no image names stays so long after somebody relied on it
 * @param announced the time between the announcement of a link's removal and the removal: far above
 *     the minute that a writer may take
 * @param unlinked a blob stays so long without a link, for pulls that are under way and signed
 *     links
 * @param written an object that is no blob's, manifest's or generation's stays so long: longer than
 *     an upload lives, whoever runs, as a client may go on with it after a restart
 */
public record GcPeriods(
    Duration untouched, Duration announced, Duration unlinked, Duration written) {

  private static final Duration WRITTEN = Duration.ofHours(48);

  /** While others write. */
  public static GcPeriods standard() {
    return new GcPeriods(Duration.ofHours(24), Duration.ofHours(1), Duration.ofHours(24), WRITTEN);
  }

  /**
   * While nobody else writes, as no host runs. A push that was broken off sends its layers again.
   */
  public static GcPeriods alone() {
    return new GcPeriods(Duration.ZERO, Duration.ZERO, Duration.ZERO, WRITTEN);
  }
}
