package dev.berth.registry.layer;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;

/**
 * A layer as the registry has it: one object that every repository with the same encryption key
 * links to.
 *
 * @param size in bytes
 * @param refs how many links name it; it changes in the transaction that changes the link, so it is
 *     exact
 */
public record Blob(String objectKey, long size, long refs, State state) {

  /** Whether links may be added. */
  public enum State {
    LIVE,
    /** Its object is about to be deleted, or is. A commit puts its own object in its place. */
    DOOMED
  }

  private static final String OBJECT_KEY = "objectKey";
  private static final String SIZE = "size";
  private static final String REFS = "refs";
  private static final String STATE = "state";

  /** A blob whose object has just been written, with its first link. */
  public static Blob first(String objectKey, long size) {
    return new Blob(objectKey, size, 1, State.LIVE);
  }

  public static Blob of(Item item) {
    return new Blob(
        item.text(OBJECT_KEY),
        item.number(SIZE),
        item.number(REFS),
        State.valueOf(item.text(STATE)));
  }

  /**
   * @param key of {@link Keys#blob}
   */
  public Item toItem(Key key) {
    return Item.at(key)
        .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
        .text(OBJECT_KEY, objectKey)
        .number(SIZE, size)
        .number(REFS, refs)
        .text(STATE, state.name())
        .build();
  }

  public boolean isLive() {
    return state == State.LIVE;
  }

  /** Counts one more link to this object. Refused once the blob is doomed, gone or replaced. */
  public static Action addReference(Key key, String objectKey) {
    return Action.update(key).add(REFS, 1).when(is(State.LIVE, objectKey));
  }

  /** Counts one link less. Refused when another link came or went since the blob was read. */
  public static Action removeReference(Key key, Blob read) {
    return Action.update(key).add(REFS, -1).when(Condition.equal(REFS, read.refs));
  }

  /** Sets how many links there are. Refused when it changed since it was read. */
  public Action withReferences(Key key, long counted) {
    return Action.update(key).set(REFS, counted).when(Condition.equal(REFS, refs));
  }

  /** Keeps further links away. Refused once it has one again, or another object. */
  public Action doom(Key key) {
    return Action.update(key)
        .set(STATE, State.DOOMED.name())
        .when(Condition.all(Condition.equal(REFS, 0), is(State.LIVE, objectKey)));
  }

  /** Removes a doomed blob. Refused once a commit has put its own object in the place. */
  public Action removal(Key key) {
    return Action.delete(key, is(State.DOOMED, objectKey));
  }

  /** That the blob is in this state and still has this object. */
  public static Condition is(State state, String objectKey) {
    return Condition.all(
        Condition.equal(STATE, state.name()), Condition.equal(OBJECT_KEY, objectKey));
  }
}
