package dev.berth.core.scan.match;

/**
 * More is found than any real image has; the message is for its owner. An answer, not a fault, so
 * without a stack trace.
 */
public final class TooManyFindingsException extends RuntimeException {

  /**
   * @param most that can be kept
   */
  public TooManyFindingsException(int most) {
    super("there are more than %d findings".formatted(most), null, false, false);
  }
}
