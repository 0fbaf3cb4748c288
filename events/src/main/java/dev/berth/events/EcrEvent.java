package dev.berth.events;

/** Something that happened in a registry; one type for each detail-type. */
public sealed interface EcrEvent permits ImageAction, ImagePull, ImageScan, ReplicationAction {

  Envelope envelope();

  /** As EventBridge rules match it: {@code ECR Image Action}. */
  String detailType();

  String repositoryName();

  /** The digest of the image's manifest. */
  String imageDigest();
}
