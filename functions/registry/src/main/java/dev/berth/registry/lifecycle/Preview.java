package dev.berth.registry.lifecycle;

import java.time.Duration;
import java.time.Instant;

/**
 * A preview of what a lifecycle policy would expire in a repository.
 *
 * @param repositoryId whose repository it is of: one that is made anew has no preview
 * @param run random, made with the preview; its results are found by it
 * @param policyText the policy that is evaluated
 * @param recorded the status that was written down
 * @param startedAt when it began; the policy's ages are measured from here
 * @param expiring how many images expire; 0 until it is complete
 * @param parts how many items have its results; 0 until it is complete
 */
public record Preview(
    String repositoryId,
    String run,
    String policyText,
    Status recorded,
    Instant startedAt,
    int expiring,
    int parts) {

  /** After this, whoever was to evaluate it has ended without saying so. */
  static final Duration LONGEST_EVALUATION = Duration.ofMinutes(5);

  /** After this, the results say little about the repository. */
  static final Duration LONGEST_USE = Duration.ofHours(24);

  /** ECR's LifecyclePolicyPreviewStatus. */
  public enum Status {
    IN_PROGRESS,
    COMPLETE,
    EXPIRED,
    FAILED
  }

  static Preview started(String repositoryId, String run, String policyText, Instant now) {
    return new Preview(repositoryId, run, policyText, Status.IN_PROGRESS, now, 0, 0);
  }

  Preview completed(int expiring, int parts) {
    return new Preview(repositoryId, run, policyText, Status.COMPLETE, startedAt, expiring, parts);
  }

  Preview failed() {
    return new Preview(repositoryId, run, policyText, Status.FAILED, startedAt, 0, 0);
  }

  /** What the status has become with time. */
  public Status status(Instant now) {
    Duration age = Duration.between(startedAt, now);
    return switch (recorded) {
      case IN_PROGRESS -> age.compareTo(LONGEST_EVALUATION) > 0 ? Status.FAILED : recorded;
      case COMPLETE -> age.compareTo(LONGEST_USE) > 0 ? Status.EXPIRED : recorded;
      case EXPIRED, FAILED -> recorded;
    };
  }
}
