package dev.berth.core.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How CloudTrail writes times. */
public final class Timestamps {

  private static final DateTimeFormatter OF_ECR =
      DateTimeFormatter.ofPattern("MMM d, yyyy h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** {@code 2018-07-11T22:17:43Z}. */
  public static String iso(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** {@code Jul 11, 2018 10:17:44 PM}, as in the responseElements of ECR. */
  public static String inElements(Instant time) {
    return OF_ECR.format(time);
  }
}
