package dev.berth.events;

import java.util.Optional;

/**
 * An image was replicated to the region and account of the envelope.
 *
 * @param result {@code SUCCESS} or {@code FAILURE}
 * @param sourceAccount 12 digits
 * @param actionType {@code REPLICATE}
 * @param imageTag empty for an image without one
 */
public record ReplicationAction(
    Envelope envelope,
    String result,
    String repositoryName,
    String imageDigest,
    String sourceAccount,
    String actionType,
    String sourceRegion,
    Optional<String> imageTag)
    implements EcrEvent {

  public static final String DETAIL_TYPE = "ECR Replication Action";

  @Override
  public String detailType() {
    return DETAIL_TYPE;
  }

  static ReplicationAction read(Envelope envelope, Members detail) {
    return new ReplicationAction(
        envelope,
        detail.text("result"),
        detail.text("repository-name"),
        detail.text("image-digest"),
        detail.text("source-account"),
        detail.text("action-type"),
        detail.text("source-region"),
        detail.optionalText("image-tag"));
  }
}
