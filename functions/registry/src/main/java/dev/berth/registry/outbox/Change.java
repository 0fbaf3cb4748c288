package dev.berth.registry.outbox;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Tag;
import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.core.scan.SeverityCounts;
import java.util.List;
import java.util.Optional;

/** What happened to an image (guide, "Sample events from Amazon ECR"). */
public sealed interface Change {

  Digest digest();

  /**
   * The image was pushed, or a tag given to it.
   *
   * @param tag empty for a push without one
   */
  record Pushed(Digest digest, Optional<Tag> tag) implements Change {}

  /**
   * The image, or a tag of it, came from another registry. That is no push, so it is not replicated
   * once more.
   *
   * @param tag empty for an image that came without one
   * @param source from where
   */
  record Replicated(Digest digest, Optional<Tag> tag, Source source) implements Change {}

  /**
   * Tags were taken from the image, with it or without it.
   *
   * @param tags none where an image without a tag was deleted; else an event for each
   */
  record Deleted(Digest digest, List<Tag> tags) implements Change {
    public Deleted {
      tags = List.copyOf(tags);
    }
  }

  /**
   * A scan of the image ended.
   *
   * @param status {@code COMPLETE} or {@code FAILED}
   * @param counts of what this scan found
   * @param tags of the image
   */
  record Scanned(Digest digest, String status, SeverityCounts counts, List<Tag> tags)
      implements Change {
    public Scanned {
      tags = List.copyOf(tags);
    }
  }

  /**
   * The image cannot be replicated to another registry.
   *
   * @param tag empty for a push without one
   */
  record ReplicationFailed(Digest digest, Optional<Tag> tag, Destination destination)
      implements Change {}

  /**
   * The image's manifest was pulled.
   *
   * @param tag empty for a pull by digest
   * @param principal the ARN of who pulled it
   */
  record Pulled(Digest digest, Optional<Tag> tag, String principal) implements Change {}
}
