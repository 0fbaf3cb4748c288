package dev.berth.lambda.ecr;

/** What became of one image of a batch that failed: ECR's ImageFailure. */
record ImageFailure(ImageIdentifier imageId, Code failureCode, String failureReason) {

  /** Those of ECR's ImageFailureCode that are answered here. */
  enum Code {
    InvalidImageDigest(
        "Invalid request parameters: image digest should satisfy the regex '%s'"
            .formatted(Constraints.DIGEST)),
    InvalidImageTag(
        "Invalid request parameters: image tag should satisfy the regex '%s'"
            .formatted(Constraints.IMAGE_TAG)),
    ImageTagDoesNotMatchDigest(
        "The specified image tag does not name the image with the specified digest"),
    ImageNotFound("Requested image not found"),
    MissingDigestAndTag("Invalid request parameters: both tag and digest cannot be null"),
    ImageReferencedByManifestList("Requested image referenced by manifest list"),
    KmsError("The operation failed due to a KMS exception");

    private final String reason;

    Code(String reason) {
      this.reason = reason;
    }
  }

  ImageFailure(ImageIdentifier imageId, Code code) {
    this(imageId, code, code.reason);
  }
}
