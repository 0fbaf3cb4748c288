package dev.berth.core.scan.feed;

import dev.berth.core.scan.index.AffectedPackage;
import dev.berth.core.scan.index.CveDetails;
import java.time.Instant;

/** Takes what is in a feed. */
public interface FeedTarget {

  /**
   * A package that is vulnerable, or is said not to be.
   *
   * @param index the release's: {@code debian-12}
   */
  void affected(String index, AffectedPackage row);

  /**
   * What is known of a vulnerability. It is taken if an advisory has named it before, and has
   * precedence over what came earlier.
   */
  void details(CveDetails details);

  /** When the source changed something; the latest counts. */
  void updatedAt(Instant time);
}
