package dev.berth.core.lifecycle;

/** Which of the images that a rule selects expire (guide, "Count type"). */
public sealed interface ExpiryLimit {

  /**
   * All but the youngest ones.
   *
   * @param most how many are kept, at least 1
   */
  record ImageCount(int most) implements ExpiryLimit {}

  /**
   * Those that were pushed longer ago.
   *
   * @param days at least 1
   */
  record SincePushed(int days) implements ExpiryLimit {}

  /**
   * Those that were last pulled longer ago; where an image was never pulled, its push counts.
   *
   * @param days at least 1
   */
  record SincePulled(int days) implements ExpiryLimit {}
}
