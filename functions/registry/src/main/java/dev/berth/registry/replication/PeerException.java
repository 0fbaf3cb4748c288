package dev.berth.registry.replication;

import dev.berth.core.text.Excerpt;
import dev.berth.registry.image.Replication.Failure;

/** What kept an image from being replicated. An answer, not a fault, so without a stack trace. */
public abstract sealed class PeerException extends RuntimeException {

  /** Enough for what a policy denies to whom. */
  private static final int LONGEST_REASON = 600;

  private final String code;

  private PeerException(String code, String reason) {
    super(Excerpt.of(reason, LONGEST_REASON), null, false, false);
    this.code = code;
  }

  /** The name of an exception of ECR's, or one in that form. */
  public String code() {
    return code;
  }

  @Override
  public String toString() {
    return code + ": " + getMessage();
  }

  Failure failure() {
    return new Failure(code, getMessage());
  }

  /** Trying again does not help before somebody changes something. */
  public static final class Refused extends PeerException {
    public Refused(String code, String reason) {
      super(code, reason);
    }
  }

  /** Trying again may help: the other side is down, slow, busy, or answers what makes no sense. */
  public static final class Failed extends PeerException {
    public Failed(String code, String reason) {
      super(code, reason);
    }

    static Failed garbage(String reason) {
      return new Failed("InvalidAnswerException", reason);
    }
  }
}
