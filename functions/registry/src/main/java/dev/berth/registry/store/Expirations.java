package dev.berth.registry.store;

import dev.berth.registry.store.Table.Consistency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Items that are deleted some time after they have ceased to mean anything. An item has one such
 * time: where it has two, the first of them counts.
 */
public final class Expirations {

  /** How long an item stays after its end, so that it can still be told from one that never was. */
  private static final Duration STAYS = Duration.ofHours(1);

  private static final int ITEMS_PER_TRANSACTION = Table.MOST / 2;
  private static final String PARTITION = "partition";
  private static final String SORT = "sort";

  private Expirations() {}

  /** Belongs into the transaction that makes the item. */
  public static Action deleteAfter(Instant end, Key key) {
    return Action.put(
        Item.at(Keys.expiration(end.plus(STAYS), key))
            .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
            .text(PARTITION, key.partition())
            .text(SORT, key.sort())
            .build());
  }

  /** Deletes what is to be deleted by now. May be stopped anywhere, and run by several at once. */
  public static void sweep(Table table, Instant now) {
    String bound = "%012d".formatted(now.getEpochSecond());
    while (true) {
      List<Item> due =
          table
              .query(
                  Keys.expirations(),
                  "",
                  Optional.empty(),
                  ITEMS_PER_TRANSACTION,
                  Consistency.STRONG)
              .entries()
              .stream()
              .filter(row -> row.key().sort().compareTo(bound) < 0)
              .toList();
      if (due.isEmpty()) {
        return;
      }
      table.transact(
          due.stream().flatMap(Expirations::deletions).collect(distinct()).values().stream()
              .toList());
    }
  }

  /** A transaction takes one action for an item. */
  private static Collector<Action, ?, Map<Key, Action>> distinct() {
    return Collectors.toMap(Action::key, Function.identity(), (one, same) -> one);
  }

  private static Stream<Action> deletions(Item row) {
    return Stream.of(
        Action.delete(new Key(row.text(PARTITION), row.text(SORT))), Action.delete(row.key()));
  }
}
