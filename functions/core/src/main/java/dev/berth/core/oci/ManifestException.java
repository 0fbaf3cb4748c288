package dev.berth.core.oci;

/** A manifest that its sender has to mend; the message says what is wrong, for them to read. */
public final class ManifestException extends RuntimeException {

  private static final int LONGEST_QUOTE = 200;

  // the sender's mistake, not ours: where in our code it was noticed is of no interest
  ManifestException(String message) {
    super(message, null, false, false);
  }

  /** Text of the sender's as a message can carry it: short, and without control characters. */
  static String quoted(String text) {
    String cut = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    return "'" + cut.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
