package dev.berth.events;

/** JSON that is no event of a registry; the message says why. */
public final class EventException extends RuntimeException {

  EventException(String message) {
    super(message);
  }

  EventException(String message, Throwable cause) {
    super(message, cause);
  }
}
