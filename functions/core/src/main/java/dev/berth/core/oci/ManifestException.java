package dev.berth.core.oci;

import dev.berth.core.text.Excerpt;

/** A manifest that its sender has to mend; the message says what is wrong, for them to read. */
public final class ManifestException extends RuntimeException {

  // the sender's mistake, not ours: where in our code it was noticed is of no interest
  ManifestException(String message) {
    super(message, null, false, false);
  }

  /** Text of the sender's as a message can carry it. */
  static String quoted(String text) {
    return "'" + Excerpt.of(text) + "'";
  }
}
