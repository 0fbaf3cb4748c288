package dev.berth.core.throttle;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often something may happen: steadily, and at once after a rest (AWS's token buckets: API
 * Gateway Developer Guide, "Throttle requests").
 *
 * @param perSecond steadily; more than 0, 1,000,000 at most
 * @param burst at once, 1 at least
 */
public record Rate(double perSecond, int burst) {

  private static final double MOST_PER_SECOND = 1_000_000;

  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,7}(?:\\.[0-9]{1,3})?)(?:/([0-9]{1,9}))?");

  public Rate {
    if (!(perSecond > 0 && perSecond <= MOST_PER_SECOND)) {
      throw new IllegalArgumentException(
          "a rate is more than 0 and at most 1,000,000 a second, not " + perSecond);
    }
    if (burst < 1) {
      throw new IllegalArgumentException("a burst is 1 at least, not " + burst);
    }
  }

  /**
   * Reads {@code 20/200}: so many a second, and at once; without the second number, as many at once
   * as in a second.
   *
   * @throws IllegalArgumentException if the text is no such rate
   */
  public static Rate parse(String text) {
    Matcher rate = TEXT.matcher(text);
    if (!rate.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no rate: write 20 for 20 a second, or 20/200 to allow 200 at once"
              .formatted(text));
    }
    double perSecond = Double.parseDouble(rate.group(1));
    String burst = rate.group(2);
    return new Rate(
        perSecond,
        burst == null ? (int) Math.max(1, Math.ceil(perSecond)) : Integer.parseInt(burst));
  }

  /** Between two that follow each other steadily. */
  Duration interval() {
    return Duration.ofNanos(Math.round(Duration.ofSeconds(1).toNanos() / perSecond));
  }
}
