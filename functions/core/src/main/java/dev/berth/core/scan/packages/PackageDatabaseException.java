package dev.berth.core.scan.packages;

/** A package database that cannot be read; the message says why, for the image's owner to read. */
public final class PackageDatabaseException extends RuntimeException {

  // the image's fault, not ours: where in our code it was noticed is of no interest
  PackageDatabaseException(String message) {
    super(message, null, false, false);
  }
}
