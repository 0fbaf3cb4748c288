package dev.berth.lambda.ecr;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Tag;
import java.util.List;
import java.util.Optional;

/** ECR's ImageIdentifier: an image by its digest, by a tag, or by both. */
record ImageIdentifier(Optional<String> imageDigest, Optional<String> imageTag) {

  static final int MOST = 100;

  /** What the model bounds: that no tag looks like this is a matter of the one image. */
  ImageIdentifier {
    imageTag.ifPresent(
        tag -> Constraints.length("imageTag", tag, 1, Constraints.LONGEST_IMAGE_TAG));
  }

  static ImageIdentifier of(Digest digest, Optional<Tag> tag) {
    return new ImageIdentifier(Optional.of(digest.toString()), tag.map(Tag::value));
  }

  /** For the constructors of requests whose list must be there. */
  static List<ImageIdentifier> checked(List<ImageIdentifier> ids) {
    return Constraints.list("imageIds", ids, 1, MOST);
  }
}
