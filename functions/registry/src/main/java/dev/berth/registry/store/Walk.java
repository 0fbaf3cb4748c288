package dev.berth.registry.store;

import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.store.Table.Scanned;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Goes through more than a page has, with one page in memory. */
public final class Walk {

  /** Of small items; a page of large ones ends by itself. */
  private static final int ITEMS_PER_CALL = 1000;

  private Walk() {}

  /** All items of the partitions that begin so, as {@link Table#scan} has them. */
  public static void items(Table table, String prefix, Consumer<List<Item>> pages) {
    Optional<Key> position = Optional.empty();
    do {
      Scanned page = table.scan(prefix, position, ITEMS_PER_CALL);
      pages.accept(page.items());
      position = page.next();
    } while (position.isPresent());
  }

  /** All items of one partition, read strongly. */
  public static void partition(Table table, String partition, Consumer<List<Item>> pages) {
    pages(after -> table.query(partition, "", after, ITEMS_PER_CALL, Consistency.STRONG), pages);
  }

  /**
   * @param read the page behind a position
   */
  public static <T> void pages(Function<Optional<String>, Page<T>> read, Consumer<List<T>> pages) {
    Optional<String> position = Optional.empty();
    do {
      Page<T> page = read.apply(position);
      pages.accept(page.entries());
      position = page.next();
    } while (position.isPresent());
  }

  /** Those of any number of items that exist, read strongly. */
  public static Map<Key, Item> get(Table table, Collection<Key> keys) {
    List<Key> distinct = keys.stream().distinct().toList();
    Map<Key, Item> items = new HashMap<>();
    for (int from = 0; from < distinct.size(); from += Table.MOST) {
      int to = Math.min(from + Table.MOST, distinct.size());
      items.putAll(table.get(distinct.subList(from, to), Consistency.STRONG));
    }
    return items;
  }
}
