package dev.berth.events;

import java.util.Optional;

/**
 * An image was pushed or deleted (ECR user guide, "Event for a completed image push" and "Event for
 * an image deletion").
 *
 * @param result {@code SUCCESS} or {@code FAILURE}
 * @param actionType {@code PUSH} or {@code DELETE}
 * @param imageTag empty for an image without one
 */
public record ImageAction(
    Envelope envelope,
    String result,
    String repositoryName,
    String imageDigest,
    String actionType,
    Optional<String> imageTag)
    implements EcrEvent {

  public static final String DETAIL_TYPE = "ECR Image Action";

  @Override
  public String detailType() {
    return DETAIL_TYPE;
  }

  static ImageAction read(Envelope envelope, Members detail) {
    return new ImageAction(
        envelope,
        detail.text("result"),
        detail.text("repository-name"),
        detail.text("image-digest"),
        detail.text("action-type"),
        detail.optionalText("image-tag"));
  }
}
