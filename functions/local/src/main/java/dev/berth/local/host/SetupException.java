package dev.berth.local.host;

/** The host cannot start or be asked, for a reason that its user can mend: told in one line. */
public final class SetupException extends RuntimeException {
  public SetupException(String message) {
    super(message, null, false, false);
  }
}
