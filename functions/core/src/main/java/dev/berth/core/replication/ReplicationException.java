package dev.berth.core.replication;

/** A registry cannot have a replication configuration; the message says why. */
public abstract sealed class ReplicationException extends RuntimeException {

  private ReplicationException(String message) {
    super(message, null, false, false);
  }

  /** A destination is none, or not one for this registry. */
  public static final class InvalidDestination extends ReplicationException {
    InvalidDestination(String constraint) {
      super(constraint);
    }
  }

  /** More registries are named than images may be replicated to. */
  public static final class TooManyDestinations extends ReplicationException {
    TooManyDestinations(int most) {
      super(
          "The number of unique replication destinations across all rules must be less than or equal to %d"
              .formatted(most));
    }
  }
}
