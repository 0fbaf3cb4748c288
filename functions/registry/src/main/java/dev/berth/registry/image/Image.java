package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import java.time.Instant;
import java.util.Optional;

/**
 * An image as its repository lists it: all but its manifest's bytes and its tags.
 *
 * @param artifactType the manifest's, or its config's media type; empty for an index without one
 * @param size bytes of config and layers; of an index, the largest child's
 * @param subject the manifest that this one refers to
 * @param pushedAt when it came into the repository, in whole milliseconds
 * @param lastPulledAt to the day
 * @param tagCount how many tags name it
 * @param tagChanges how often a tag was given to it or taken from it since it was pushed
 * @param parentCount how many indexes of the repository name it
 * @param scan the last scan that was asked for, and what the last completed one found
 * @param deletion which deletion of it is under way: two of the same manifest have different ones
 */
public record Image(
    Digest digest,
    String mediaType,
    Optional<String> artifactType,
    long size,
    Optional<Digest> subject,
    Instant pushedAt,
    Optional<Instant> lastPulledAt,
    long tagCount,
    long tagChanges,
    long parentCount,
    Optional<Scan> scan,
    State state,
    Optional<String> deletion) {

  /** Whether it is there. */
  public enum State {
    ACTIVE,
    /** It reads as absent; whoever meets it finishes its deletion. */
    DELETING
  }

  public boolean isActive() {
    return state == State.ACTIVE;
  }
}
