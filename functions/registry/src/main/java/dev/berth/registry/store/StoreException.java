package dev.berth.registry.store;

/** The store did not answer, or cannot: our own fault or the machine's, never the caller's. */
public class StoreException extends RuntimeException {
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  public StoreException(String message) {
    super(message);
  }
}
