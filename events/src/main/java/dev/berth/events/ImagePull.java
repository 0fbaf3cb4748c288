package dev.berth.events;

import java.util.Optional;

/**
 * An image's manifest was pulled. This event is Berth's own, under its own source: ECR tells of no
 * pulls. A registry tells of them if it is set up to.
 *
 * @param result {@code SUCCESS}
 * @param imageDigest of the image in its repository, also where a client got its manifest converted
 * @param actionType {@code PULL}
 * @param imageTag empty for an image that was pulled by its digest
 * @param principal the ARN of who pulled it
 */
public record ImagePull(
    Envelope envelope,
    String result,
    String repositoryName,
    String imageDigest,
    String actionType,
    Optional<String> imageTag,
    String principal)
    implements EcrEvent {

  public static final String DETAIL_TYPE = "Image Pull";

  /** Whatever the source of the registry's other events is. */
  public static final String SOURCE = "dev.berth";

  @Override
  public String detailType() {
    return DETAIL_TYPE;
  }

  static ImagePull read(Envelope envelope, Members detail) {
    return new ImagePull(
        envelope,
        detail.text("result"),
        detail.text("repository-name"),
        detail.text("image-digest"),
        detail.text("action-type"),
        detail.optionalText("image-tag"),
        detail.text("principal"));
  }
}
