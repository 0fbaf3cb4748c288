package dev.berth.registry.scan;

/**
 * A scan cannot be completed; the message is the description of its status. An answer, not a fault,
 * so without a stack trace.
 */
final class ScanFailure extends RuntimeException {

  private final boolean counted;

  private ScanFailure(String reason, boolean counted) {
    super(reason, null, false, false);
    this.counted = counted;
  }

  /** For what is wrong with the image: it stays so. */
  static ScanFailure ofImage(String reason) {
    return new ScanFailure(reason, true);
  }

  /** For what somebody else has to mend: the image may be scanned again at once. */
  static ScanFailure ofDeployment(String reason) {
    return new ScanFailure(reason, false);
  }

  boolean isCounted() {
    return counted;
  }
}
