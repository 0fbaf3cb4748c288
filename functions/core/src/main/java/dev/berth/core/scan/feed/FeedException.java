package dev.berth.core.scan.feed;

import dev.berth.core.text.Excerpt;

/** A feed that cannot be used, and why. The message names the record or the line. */
public final class FeedException extends RuntimeException {

  public FeedException(String message) {
    super(message);
  }

  /**
   * @param place the record or line
   */
  public FeedException(String place, Exception cause) {
    super("%s: %s".formatted(Excerpt.of(place), reason(cause)), cause);
  }

  private static String reason(Exception cause) {
    String message = cause.getMessage();
    return Excerpt.of(message == null ? cause.getClass().getSimpleName() : message);
  }
}
