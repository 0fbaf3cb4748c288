package dev.berth.local.bus;

/** Sends events to one target, {@link #parallelism} at once at most. */
interface Sender extends AutoCloseable {

  /** How many threads may ask at once, at least 1. */
  default int parallelism() {
    return 4;
  }

  /**
   * Sends an event and returns when the target has taken it.
   *
   * @throws RefusedException if the target was given it and did not take it, or not in time
   * @throws InterruptedException if the host ends meanwhile
   */
  void send(String event) throws RefusedException, InterruptedException;

  @Override
  default void close() {}

  /** A target did not take an event. */
  final class RefusedException extends Exception {

    private final boolean lasting;

    private RefusedException(String reason, Throwable cause, boolean lasting) {
      super(reason, cause, false, false);
      this.lasting = lasting;
    }

    /** Trying again may help. */
    static RefusedException forNow(String reason) {
      return new RefusedException(reason, null, false);
    }

    /** Trying again would not help. */
    static RefusedException forGood(String reason) {
      return new RefusedException(reason, null, true);
    }

    /** As {@link #forNow}, for what is to be found in the log where it comes from. */
    static RefusedException failed(String reason, Throwable cause) {
      return new RefusedException(reason, cause, false);
    }

    boolean isLasting() {
      return lasting;
    }
  }
}
