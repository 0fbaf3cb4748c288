package dev.berth.registry.image;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How far the replication of a push to one destination has come. It goes with its image.
 *
 * @param push the id of the event that told of the push; the same tag may be pushed again later
 * @param attempts that were begun since the first, or since it failed and was begun anew
 * @param failure why it has failed
 * @param at when it last changed, in whole milliseconds
 * @param due by when somebody has to have worked on it while it is in progress, in whole seconds
 * @param revision counts the changes
 */
public record Replication(
    ReplicationId id,
    String push,
    Status status,
    long attempts,
    Optional<Failure> failure,
    Instant at,
    Instant due,
    long revision) {

  /** Longer than an attempt and the pause between two; after this it is taken up by the sweep. */
  public static final Duration PATIENCE = Duration.ofHours(1);

  /** ECR's ReplicationStatus. */
  public enum Status {
    IN_PROGRESS,
    COMPLETE,
    FAILED
  }

  /**
   * @param code the name of an exception of ECR's, or one in that form
   * @param reason for people
   */
  public record Failure(String code, String reason) {}

  /** One that nobody has attempted yet. */
  static Replication first(
      ReplicationId id, String push, Optional<Replication> before, Instant now) {
    return inProgress(id, push, 0, before.map(Replication::revision).orElse(0L) + 1, now);
  }

  /** The same with so many attempts. */
  Replication inProgress(long begun, Instant now) {
    return inProgress(id, push, begun, revision + 1, now);
  }

  private static Replication inProgress(
      ReplicationId id, String push, long attempts, long revision, Instant now) {
    return new Replication(
        id,
        push,
        Status.IN_PROGRESS,
        attempts,
        Optional.empty(),
        now.truncatedTo(ChronoUnit.MILLIS),
        now.plus(PATIENCE).truncatedTo(ChronoUnit.SECONDS),
        revision);
  }

  Replication complete(Instant now) {
    return ended(Status.COMPLETE, Optional.empty(), now);
  }

  Replication failed(Failure why, Instant now) {
    return ended(Status.FAILED, Optional.of(why), now);
  }

  private Replication ended(Status ended, Optional<Failure> why, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    return new Replication(id, push, ended, attempts, why, at, due, revision + 1);
  }

  public boolean isInProgress() {
    return status == Status.IN_PROGRESS;
  }

  boolean isOf(String otherPush) {
    return push.equals(otherPush);
  }
}
