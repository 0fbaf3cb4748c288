package dev.berth.registry.layer;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A blob on the list of those that have lost their last link. It may have got another one since:
 * nobody who links a blob looks at the list.
 *
 * @param key of {@link Keys#unreferencedBlob}
 * @param since when it lost the last link, in whole milliseconds; empty where an earlier version
 *     did not tell
 */
public record WaitingBlob(Key key, OptionalLong since) {

  private static final String SINCE = "since";

  private static Item item(Key key, Instant since) {
    return Item.at(key)
        .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
        .number(SINCE, since.toEpochMilli())
        .build();
  }

  /** Puts a blob on the list. */
  public static Action begin(Key key, Instant since) {
    return Action.put(item(key, since));
  }

  public static WaitingBlob of(Item item) {
    return new WaitingBlob(item.key(), item.optionalNumber(SINCE));
  }

  /** Whether it has been there since this time, or longer. */
  public boolean isThereSince(Instant time) {
    return since.isEmpty() || since.getAsLong() <= time.toEpochMilli();
  }

  /** The blob. */
  public Key blob() {
    return Keys.blobOf(key);
  }

  /** Takes it off the list. Refused where it has been put there anew since it was read. */
  public Action removal() {
    return Action.delete(
        key,
        since.isPresent() ? Condition.equal(SINCE, since.getAsLong()) : Condition.lacks(SINCE));
  }
}
