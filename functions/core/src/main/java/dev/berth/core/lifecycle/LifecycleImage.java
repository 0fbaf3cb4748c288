package dev.berth.core.lifecycle;

import dev.berth.core.oci.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An image of a repository, as far as a lifecycle policy looks at it.
 *
 * @param lastPulledAt the latest moment at which it may have been pulled; empty if it never was
 * @param children the images that an index names, whether or not the repository has them
 * @param subject the image that it refers to, whether or not the repository has it
 */
public record LifecycleImage(
    Digest digest,
    List<String> tags,
    Instant pushedAt,
    Optional<Instant> lastPulledAt,
    List<Digest> children,
    Optional<Digest> subject) {

  public LifecycleImage {
    tags = List.copyOf(tags);
    children = List.copyOf(children);
  }

  Instant lastUsedAt() {
    return lastPulledAt.orElse(pushedAt);
  }
}
