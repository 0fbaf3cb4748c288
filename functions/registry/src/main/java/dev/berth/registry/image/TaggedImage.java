package dev.berth.registry.image;

import dev.berth.core.oci.Tag;
import java.util.List;

/**
 * An image and its tags.
 *
 * @param tags in the order of their bytes
 */
public record TaggedImage(Image image, List<Tag> tags) {
  public TaggedImage {
    tags = List.copyOf(tags);
  }
}
