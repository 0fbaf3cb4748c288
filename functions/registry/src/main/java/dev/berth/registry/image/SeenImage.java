package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.registry.store.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of an image when it was decided to delete it.
 *
 * @param tagCount how many tags were read with it; where some were given or taken between the reads
 *     of the image and of its tags, it is not the image's own and nothing is deleted
 * @param lastPulledAt the last pull that was recorded
 * @param unused whether no pull must have been recorded since
 * @param subject which must not be there, for the image goes with it
 */
public record SeenImage(
    Digest digest,
    Instant pushedAt,
    long tagCount,
    long tagChanges,
    Optional<Instant> lastPulledAt,
    boolean unused,
    Optional<Digest> subject) {

  /** That nobody has pushed it anew, or given it a tag or taken one from it, since. */
  Condition condition() {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(Condition.equal(ImageItem.PUSHED_AT, pushedAt.toEpochMilli()));
    conditions.add(Condition.equal(ImageItem.TAG_COUNT, tagCount));
    conditions.add(
        tagChanges == 0
            ? Condition.below(ImageItem.TAG_CHANGES, 1)
            : Condition.equal(ImageItem.TAG_CHANGES, tagChanges));
    if (unused) {
      conditions.add(ImageItem.isPulledAsOf(lastPulledAt));
    }
    return new Condition.All(conditions);
  }
}
