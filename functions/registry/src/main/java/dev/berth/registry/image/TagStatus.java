package dev.berth.registry.image;

import dev.berth.core.oci.Tag;
import java.util.Collection;

/** Which images a listing names, by whether they have tags (ECR's TagStatus). */
public enum TagStatus {
  TAGGED,
  UNTAGGED,
  ANY;

  public boolean includes(TaggedImage image) {
    return includes(image.tags());
  }

  /**
   * @param tags those of an image
   */
  public boolean includes(Collection<Tag> tags) {
    return switch (this) {
      case TAGGED -> !tags.isEmpty();
      case UNTAGGED -> tags.isEmpty();
      case ANY -> true;
    };
  }
}
