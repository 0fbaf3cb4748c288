package dev.berth.core.quota;

/** What a deployment has a bound on (guide, "Amazon ECR service quotas"). */
public enum Quota {
  /** Of one account in one region. */
  REPOSITORIES("repositories", 10_000),

  /** Of one repository, images without tags included. */
  IMAGES_PER_REPOSITORY("images-per-repository", 10_000),

  TAGS_PER_IMAGE("tags-per-image", 1_000),

  /** Of one upload through UploadLayerPart. */
  LAYER_PARTS("layer-parts", 4_200),

  /** Size of a layer in MiB. */
  LAYER_MIB("layer-mib", 42_000);

  private final String label;
  private final long standard;

  Quota(String label, long standard) {
    this.label = label;
    this.standard = standard;
  }

  /** As options name it: {@code images-per-repository}. */
  public String label() {
    return label;
  }

  /** The guide's value, which holds unless another is set. */
  public long standard() {
    return standard;
  }
}
