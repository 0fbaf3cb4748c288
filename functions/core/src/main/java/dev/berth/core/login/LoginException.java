package dev.berth.core.login;

/** A login that is refused, and why. An answer, not a fault, so without a stack trace. */
public abstract sealed class LoginException extends RuntimeException {

  private LoginException(String message) {
    super(message, null, false, false);
  }

  /** What was presented is not a token of the form that is asked for. */
  public static final class Malformed extends LoginException {
    public Malformed(String message) {
      super(message);
    }
  }

  /** The token is one, but it opens nothing here. */
  public static final class Refused extends LoginException {
    public Refused(String message) {
      super(message);
    }
  }

  /** AWS STS could not be asked; with another token it may work later. */
  public static final class Unavailable extends LoginException {
    public Unavailable(String message) {
      super(message);
    }
  }

  /** There are too many logins at once. */
  public static final class Throttled extends LoginException {
    public Throttled() {
      super("Rate exceeded");
    }
  }
}
