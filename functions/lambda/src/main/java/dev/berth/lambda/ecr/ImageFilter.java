package dev.berth.lambda.ecr;

import dev.berth.registry.image.TagStatus;
import java.util.Optional;

/**
 * ECR's ListImagesFilter and DescribeImagesFilter.
 *
 * @param imageStatus whichever of those that are taken, it leaves nothing out
 */
record ImageFilter(Optional<String> tagStatus, Optional<String> imageStatus) {

  /** No image is ever archived here: to ask for those is refused, lest others be taken for them. */
  private enum ImageStatus {
    ACTIVE,
    ANY
  }

  ImageFilter {
    tagStatus.ifPresent(status -> Constraints.oneOf("filter.tagStatus", status, TagStatus.class));
    imageStatus.ifPresent(
        status -> Constraints.oneOf("filter.imageStatus", status, ImageStatus.class));
  }

  static TagStatus tagStatus(Optional<ImageFilter> filter) {
    return filter.flatMap(ImageFilter::tagStatus).map(TagStatus::valueOf).orElse(TagStatus.ANY);
  }
}
