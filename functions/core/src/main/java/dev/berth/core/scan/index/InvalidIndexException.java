package dev.berth.core.scan.index;

/** Bytes that are no index file, of another format, or not those that were written. */
public final class InvalidIndexException extends RuntimeException {

  public InvalidIndexException(String message) {
    super(message);
  }
}
