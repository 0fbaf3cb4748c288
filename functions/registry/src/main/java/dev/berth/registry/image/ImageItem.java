package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.registry.image.Image.State;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** How an image is written down: the item under {@link Keys#image}. */
final class ImageItem {

  static final String TAG_COUNT = "tagCount";
  static final String TAG_CHANGES = "tagChanges";
  static final String PARENT_COUNT = "parentCount";
  static final String STATE = "state";
  static final String DELETION = "deletion";
  static final String PUSHED_AT = "pushedAt";
  static final String LAST_PULLED_AT = "lastPulledAt";

  private static final String MEDIA_TYPE = "mediaType";
  private static final String ARTIFACT_TYPE = "artifactType";
  private static final String SIZE = "size";
  private static final String SUBJECT = "subject";

  private ImageItem() {}

  static Item write(String repositoryId, Image image) {
    var item =
        Item.at(Keys.image(repositoryId, image.digest()))
            .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
            .text(MEDIA_TYPE, image.mediaType())
            .text(ARTIFACT_TYPE, image.artifactType())
            .number(SIZE, image.size())
            .text(SUBJECT, image.subject().map(Digest::toString))
            .number(PUSHED_AT, image.pushedAt().toEpochMilli())
            .number(TAG_COUNT, image.tagCount())
            .number(TAG_CHANGES, image.tagChanges())
            .number(PARENT_COUNT, image.parentCount())
            .text(STATE, image.state().name());
    image.scan().ifPresent(scan -> ScanAttributes.write(scan, item));
    image.lastPulledAt().ifPresent(time -> item.number(LAST_PULLED_AT, time.toEpochMilli()));
    return item.build();
  }

  static Image read(Item item) {
    return new Image(
        digest(item.key().sort()),
        item.text(MEDIA_TYPE),
        item.optionalText(ARTIFACT_TYPE),
        item.number(SIZE),
        item.optionalText(SUBJECT).map(ImageItem::digest),
        Instant.ofEpochMilli(item.number(PUSHED_AT)),
        time(item.optionalNumber(LAST_PULLED_AT)),
        item.number(TAG_COUNT),
        // images that were pushed before changes were counted have none
        item.optionalNumber(TAG_CHANGES).orElse(0),
        item.number(PARENT_COUNT),
        ScanAttributes.read(item),
        State.valueOf(item.text(STATE)),
        item.optionalText(DELETION));
  }

  /** That the image is there and not being deleted. */
  static Condition isActive() {
    return Condition.equal(STATE, State.ACTIVE.name());
  }

  /**
   * That this very deletion is still under way: when another has finished it, the same manifest may
   * have been pushed anew, and be deleted again.
   */
  static Condition isStillDeleting(Image image) {
    return Condition.all(
        Condition.equal(STATE, State.DELETING.name()),
        image
            .deletion()
            .map(deletion -> Condition.equal(DELETION, deletion))
            .orElseGet(() -> Condition.lacks(DELETION)));
  }

  /** That nobody has recorded a pull since the image was read. */
  static Condition isPulledAsOf(Image image) {
    return isPulledAsOf(image.lastPulledAt());
  }

  /** That nobody has recorded a pull since this one; empty for none. */
  static Condition isPulledAsOf(Optional<Instant> lastPulledAt) {
    return lastPulledAt
        .map(time -> Condition.equal(LAST_PULLED_AT, time.toEpochMilli()))
        .orElseGet(() -> Condition.lacks(LAST_PULLED_AT));
  }

  static Digest digest(String text) {
    return Digest.parse(text)
        .orElseThrow(() -> new IllegalStateException("not a digest in the table: " + text));
  }

  private static Optional<Instant> time(OptionalLong millis) {
    return millis.isPresent()
        ? Optional.of(Instant.ofEpochMilli(millis.getAsLong()))
        : Optional.empty();
  }
}
