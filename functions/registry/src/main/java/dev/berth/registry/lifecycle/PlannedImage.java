package dev.berth.registry.lifecycle;

import dev.berth.core.lifecycle.Expiration.Reason.Follows;
import dev.berth.core.lifecycle.Expiration.Reason.PulledTooLongAgo;
import dev.berth.core.lifecycle.ExpirationFamilies.Member;
import dev.berth.core.oci.Digest;
import dev.berth.registry.image.ImageInventory.Stock;
import dev.berth.registry.image.SeenImage;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.work.Work.DeleteImage;
import dev.berth.registry.work.Work.ExpireImages;
import java.util.Optional;

/**
 * An image that a step is to expire.
 *
 * @param seen what must still hold of it
 * @param wave those of a lower one go before it
 * @param follows whether it goes with another one
 */
record PlannedImage(ExpiringImage image, SeenImage seen, int wave, boolean follows) {

  private static final String LINE = "line";
  private static final String WAVE = "wave";
  private static final String FOLLOWS = "follows";
  private static final String EXPIRED = "expired";
  private static final String TAG_COUNT = "tagCount";
  private static final String TAG_CHANGES = "tagChanges";
  private static final String SUBJECT = "subject";

  /** That the image of a row has not gone. */
  static final Condition PLANNED = Condition.equal(EXPIRED, 0);

  static PlannedImage of(Member member, Stock stock) {
    var expiration = member.expiration();
    boolean unused = expiration.reason() instanceof PulledTooLongAgo;
    return new PlannedImage(
        ExpiringImage.of(expiration),
        stock.seen(expiration.image(), unused),
        member.wave(),
        expiration.reason() instanceof Follows);
  }

  DeleteImage deletion(ExpireImages step) {
    return new DeleteImage(
        step.account(), step.repositoryName(), step.repositoryId(), image.digest());
  }

  /** Says of it that it is to go. */
  Item row(ExpireImages step) {
    return Item.at(key(step))
        .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
        .text(LINE, image.line())
        .number(WAVE, wave)
        .number(FOLLOWS, follows ? 1 : 0)
        .number(EXPIRED, 0)
        .number(TAG_COUNT, seen.tagCount())
        .number(TAG_CHANGES, seen.tagChanges())
        .text(SUBJECT, seen.subject().map(Digest::toString))
        .build();
  }

  /** Says of it that it is gone, to be recorded; refused where nobody records it any more. */
  Action expire(ExpireImages step) {
    return Action.update(key(step)).set(EXPIRED, 1).when(PLANNED);
  }

  private Key key(ExpireImages step) {
    return Keys.expiring(step.repositoryId(), step.step(), wave, image.digest());
  }

  /** Whether it has not gone. */
  static boolean isPlanned(Item row) {
    return row.number(EXPIRED) == 0;
  }

  /** To go with others: when it was pulled does not matter for that. */
  static PlannedImage read(Item item) {
    ExpiringImage image = ExpiringImage.parse(item.text(LINE));
    var seen =
        new SeenImage(
            image.digest(),
            image.pushedAt(),
            item.number(TAG_COUNT),
            item.number(TAG_CHANGES),
            Optional.empty(),
            false,
            item.optionalText(SUBJECT).flatMap(Digest::parse));
    return new PlannedImage(image, seen, (int) item.number(WAVE), item.number(FOLLOWS) != 0);
  }
}
