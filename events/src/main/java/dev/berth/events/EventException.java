package dev.berth.events;

/** JSON that is no event of a registry; the message says why. */
public class EventException extends RuntimeException {

  /** An event, but of a kind that this version does not know: most consumers pass it over. */
  public static final class UnknownDetailType extends EventException {
    UnknownDetailType(String detailType) {
      super("unknown detail-type: " + detailType);
    }
  }

  EventException(String message) {
    super(message);
  }

  EventException(String message, Throwable cause) {
    super(message, cause);
  }
}
