package dev.berth.registry.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The items of one deployment: DynamoDB on AWS, SQLite in the local host, with one behaviour that
 * {@code TableContract} states. Each method is one call to the store, however many items it names
 * (retries aside); {@link dev.berth.registry.store.Keys} says what is kept under which key.
 *
 * <p>Adapters retry what is safe to retry (throttling, a transaction that conflicts with another,
 * unprocessed keys) with jitter, and throw {@link StoreException} when the store cannot answer.
 */
public interface Table {

  /** The most keys of one {@link #get} and the most actions of one {@link #transact}. */
  int MOST = 100;

  enum Consistency {
    /** What the store had a moment ago: cheaper, may miss the newest writes. */
    EVENTUAL,
    /** Everything committed before the call. */
    STRONG
  }

  /**
   * The items that exist under these keys. Not a snapshot: each item is read on its own.
   *
   * @param keys at most {@link #MOST}; duplicates count once
   * @throws IllegalArgumentException for more keys than that
   */
  Map<Key, Item> get(Collection<Key> keys, Consistency consistency);

  default Optional<Item> get(Key key, Consistency consistency) {
    return Optional.ofNullable(get(List.of(key), consistency).get(key));
  }

  /**
   * The items of a partition whose sort key begins with a prefix, in the order of the sort keys'
   * UTF-8 bytes. A page may hold fewer entries than the limit and yet have a next one.
   *
   * @param prefix may be empty
   * @param after the sort key that the page begins behind, whether or not it exists: a value of
   *     {@link Page#next}, or any sort key; empty for the beginning
   * @param limit at least 1
   */
  Page<Item> query(
      String partition, String prefix, Optional<String> after, int limit, Consistency consistency);

  /**
   * Items of all partitions whose key begins with a prefix, read strongly: for work on everything
   * that there is, as it reads all of DynamoDB's table, whatever the prefix. Partitions come in an
   * order of the store's own, the items of each together in the order of {@link #query}. An item
   * that is there all the while comes once.
   *
   * @param prefix may be empty
   * @param after a value of {@link Scanned#next}; empty for the beginning
   * @param limit at least 1; a page may hold fewer items, or none, and yet have a next one
   */
  Scanned scan(String prefix, Optional<Key> after, int limit);

  /**
   * A page of {@link #scan}.
   *
   * @param next what to pass to get the page after this one; empty at the end
   */
  record Scanned(List<Item> items, Optional<Key> next) {
    public Scanned {
      items = List.copyOf(items);
    }
  }

  /**
   * All of these actions or none.
   *
   * @param actions 1 to {@link #MOST}, one per key, 4 MB of items in all
   * @throws IllegalArgumentException beyond these bounds, or for an item beyond its own
   */
  Outcome transact(List<Action> actions);

  default Outcome transact(Action... actions) {
    return transact(List.of(actions));
  }
}
