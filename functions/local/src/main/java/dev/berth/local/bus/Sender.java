package dev.berth.local.bus;

/** Sends events to one target; several threads may ask at once. */
interface Sender extends AutoCloseable {

  /**
   * Sends an event and returns when the target has taken it.
   *
   * @throws RefusedException if the target did not take it, or not in time
   * @throws InterruptedException if the host ends meanwhile
   */
  void send(String event) throws RefusedException, InterruptedException;

  @Override
  default void close() {}

  /** A target did not take an event. */
  final class RefusedException extends Exception {

    private final boolean lasting;

    private RefusedException(String reason, boolean lasting) {
      super(reason, null, false, false);
      this.lasting = lasting;
    }

    /** Trying again may help. */
    static RefusedException forNow(String reason) {
      return new RefusedException(reason, false);
    }

    /** Trying again would not help. */
    static RefusedException forGood(String reason) {
      return new RefusedException(reason, true);
    }

    boolean isLasting() {
      return lasting;
    }
  }
}
