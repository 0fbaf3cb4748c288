package dev.berth.lambda.ecr;

import dev.berth.registry.image.TagStatus;
import java.util.Optional;

/** ECR's ListImagesFilter and DescribeImagesFilter. */
record ImageFilter(Optional<String> tagStatus) {

  ImageFilter {
    tagStatus.ifPresent(
        status -> Constraints.oneOf("filter.tagStatus", status, TagStatus.class));
  }

  static TagStatus status(Optional<ImageFilter> filter) {
    return filter.flatMap(ImageFilter::tagStatus).map(TagStatus::valueOf).orElse(TagStatus.ANY);
  }
}
