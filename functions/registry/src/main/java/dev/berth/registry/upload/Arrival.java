package dev.berth.registry.upload;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * That a layer is on its way from another registry: by which upload, and whether a call works on it
 * at this time.
 *
 * @param key of {@link Keys#arrival}
 * @param hold of the last call that took it, told from every other
 * @param busyUntil when that call is over at the latest; empty once it has said so
 */
record Arrival(Key key, String uploadId, String hold, OptionalLong busyUntil) {

  /** So long a call that was killed keeps others out; one that lives renews its hold. */
  static final Duration LONGEST_HOLD = Duration.ofSeconds(30);

  private static final String UPLOAD = "upload";
  private static final String HOLD = "hold";
  private static final String BUSY_UNTIL = "busyUntil";

  static Arrival held(Key key, String uploadId, Instant now) {
    return new Arrival(
        key, uploadId, UUID.randomUUID().toString(), OptionalLong.of(endOfHold(now)));
  }

  private static long endOfHold(Instant now) {
    return now.plus(LONGEST_HOLD).toEpochMilli();
  }

  /** One that no call works on. */
  static Arrival free(Key key, String uploadId) {
    return new Arrival(key, uploadId, UUID.randomUUID().toString(), OptionalLong.empty());
  }

  static Arrival read(Item item) {
    return new Arrival(
        item.key(), item.text(UPLOAD), item.text(HOLD), item.optionalNumber(BUSY_UNTIL));
  }

  private Item item() {
    var item =
        Item.at(key)
            .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
            .text(UPLOAD, uploadId)
            .text(HOLD, hold);
    busyUntil.ifPresent(end -> item.number(BUSY_UNTIL, end));
    return item.build();
  }

  /** Writes it down, unless another call has done so since the former one was read. */
  Action takenAfter(Optional<Arrival> former) {
    return Action.put(
        item(), former.map(read -> Condition.equal(HOLD, read.hold)).orElseGet(Condition::absent));
  }

  /** Holds it for longer, unless another call has taken it. */
  Action renewed(Instant now) {
    return Action.update(key).set(BUSY_UNTIL, endOfHold(now)).when(Condition.equal(HOLD, hold));
  }

  /** Lets others in, unless one is. */
  Action released() {
    return Action.update(key).remove(BUSY_UNTIL).when(Condition.equal(HOLD, hold));
  }

  /** An end that is further away than any was written by a clock that was set back since. */
  boolean isBusy(Instant now) {
    return busyUntil.isPresent()
        && now.toEpochMilli() < busyUntil.getAsLong()
        && busyUntil.getAsLong() <= endOfHold(now);
  }
}
