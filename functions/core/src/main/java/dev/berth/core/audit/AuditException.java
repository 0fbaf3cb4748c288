package dev.berth.core.audit;

/** A record that could not be kept, and is not lost yet. */
public final class AuditException extends RuntimeException {

  public AuditException(String message, Throwable cause) {
    super(message, cause);
  }
}
