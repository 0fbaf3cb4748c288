package dev.berth.registry.layer;

import dev.berth.core.oci.Digest;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A layer as a repository has it: the link from its digest to the object with its bytes.
 *
 * @param size in bytes
 * @param touchedAt when a writer last relied on it, in whole milliseconds; an unreferenced link is
 *     kept for a day after that
 * @param doomed the collection run that is about to remove the link, which a writer may revive
 */
public record LayerLink(
    Digest digest, String objectKey, long size, Instant touchedAt, Optional<String> doomed) {

  /** How long a link that is only looked at stays as it is before the look counts as a touch. */
  static final Duration FRESH = Duration.ofHours(12);

  private static final String OBJECT_KEY = "objectKey";
  private static final String SIZE = "size";
  private static final String TOUCHED_AT = "touchedAt";
  private static final String DOOMED = "doomed";

  /** The link that an item of {@link Keys#layers} holds. */
  public static LayerLink of(Item item) {
    return new LayerLink(
        Digest.parse(item.key().sort())
            .orElseThrow(() -> new IllegalStateException("no digest in " + item.key())),
        item.text(OBJECT_KEY),
        item.number(SIZE),
        Instant.ofEpochMilli(item.number(TOUCHED_AT)),
        item.optionalText(DOOMED));
  }

  public Item toItem(String repositoryId) {
    return Item.at(Keys.layer(repositoryId, digest))
        .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
        .text(OBJECT_KEY, objectKey)
        .number(SIZE, size)
        .number(TOUCHED_AT, touchedAt.toEpochMilli())
        .text(DOOMED, doomed)
        .build();
  }

  /**
   * Keeps a link from collection for another day and takes back its doom. Refused where the link is
   * gone: then the layer is missing.
   *
   * @param link a key of {@link Keys#layer}
   */
  public static Action revive(Key link, Instant now) {
    return Action.update(link)
        .set(TOUCHED_AT, now.toEpochMilli())
        .remove(DOOMED)
        .when(Condition.present());
  }

  /**
   * Whether a look at the link has to {@link #revive} it, lest it be collected under the looker.
   */
  public boolean isStale(Instant now) {
    return doomed.isPresent() || touchedAt.plus(FRESH).isBefore(now);
  }

  /** Whether nobody has relied on it for so long, and no run is about to remove it. */
  public boolean isUntouchedFor(Duration period, Instant now) {
    return doomed.isEmpty() && !touchedAt.plus(period).isAfter(now);
  }

  /** Whether a run announced so long ago that it is about to remove it. */
  public boolean isDoomedFor(Duration period, Instant now) {
    return doomed.isPresent()
        && !Doom.madeAt(doomed.get()).orElse(Instant.MIN).isAfter(now.minus(period));
  }

  /** Announces its removal. Refused where somebody has touched it since it was read. */
  public Action doom(String repositoryId, Instant now) {
    return Action.update(Keys.layer(repositoryId, digest))
        .set(DOOMED, Doom.at(now))
        .when(
            Condition.all(
                Condition.equal(TOUCHED_AT, touchedAt.toEpochMilli()), Condition.lacks(DOOMED)));
  }

  /** Takes the announcement back. Refused where it is not the one that was read. */
  public Action spare(String repositoryId) {
    return Action.update(Keys.layer(repositoryId, digest)).remove(DOOMED).when(isAsDoomed());
  }

  /** That nobody has revived it since it was read. */
  Condition isAsDoomed() {
    return doomed
        .map(doom -> Condition.equal(DOOMED, doom))
        .orElseThrow(() -> new IllegalStateException("the link of " + digest + " is not doomed"));
  }

  LayerLink revivedAt(Instant now) {
    return new LayerLink(digest, objectKey, size, now, Optional.empty());
  }
}
