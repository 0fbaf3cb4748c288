package dev.berth.core.audit;

import java.time.Instant;
import java.util.List;

/**
 * What the rules of a lifecycle policy did to the images of a repository: the event {@code
 * PolicyExecutionEvent} (guide, "Logging Amazon ECR actions with AWS CloudTrail").
 *
 * @param lifecycleEventImageActions the images that were expired
 */
public record PolicyExecution(
    String repositoryName,
    LifecycleEventPolicy lifecycleEventPolicy,
    List<LifecycleEventImageAction> lifecycleEventImageActions)
    implements ServiceEventDetails {

  /** The name of the event. */
  public static final String EVENT = "PolicyExecutionEvent";

  public PolicyExecution {
    lifecycleEventImageActions = List.copyOf(lifecycleEventImageActions);
  }

  /**
   * @param lastEvaluatedAt the time of the evaluation before this one, in milliseconds since 1970;
   *     0 for none
   */
  public record LifecycleEventPolicy(
      List<LifecycleEventRule> lifecycleEventRules,
      long lastEvaluatedAt,
      int policyVersion,
      String policyId) {

    public LifecycleEventPolicy {
      lifecycleEventRules = List.copyOf(lifecycleEventRules);
    }
  }

  public record LifecycleEventRule(
      int rulePriority,
      String description,
      LifecycleEventSelection lifecycleEventSelection,
      String action) {}

  /**
   * @param tagStatus Any, Tagged or Untagged
   * @param countType in words
   */
  public record LifecycleEventSelection(
      String tagStatus, List<String> tagPrefixList, String countType, long countNumber) {

    public LifecycleEventSelection {
      tagPrefixList = List.copyOf(tagPrefixList);
    }
  }

  public record LifecycleEventImageAction(
      LifecycleEventImage lifecycleEventImage, int rulePriority) {}

  /**
   * @param tagStatus Tagged or Untagged
   * @param pushedAt in milliseconds since 1970
   */
  public record LifecycleEventImage(
      String digest, String tagStatus, List<String> tagList, long pushedAt) {

    public LifecycleEventImage {
      tagList = List.copyOf(tagList);
    }

    public static LifecycleEventImage of(String digest, List<String> tags, Instant pushedAt) {
      return new LifecycleEventImage(
          digest, tags.isEmpty() ? "Untagged" : "Tagged", tags, pushedAt.toEpochMilli());
    }
  }
}
