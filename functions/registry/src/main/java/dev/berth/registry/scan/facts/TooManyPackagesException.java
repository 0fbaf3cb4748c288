package dev.berth.registry.scan.facts;

/**
 * An image says more of packages than any distribution has; the message is for its owner. An
 * answer, not a fault, so without a stack trace.
 */
public final class TooManyPackagesException extends RuntimeException {

  TooManyPackagesException(String message) {
    super(message, null, false, false);
  }
}
