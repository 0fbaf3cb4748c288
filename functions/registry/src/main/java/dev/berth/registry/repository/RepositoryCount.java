package dev.berth.registry.repository;

import dev.berth.core.quota.Quota;
import dev.berth.core.quota.Quotas;
import dev.berth.registry.RegistryException.LimitExceeded;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.Optional;

/**
 * How many repositories a registry has: a number that changes in the transactions that make and
 * delete them, and costs no call of its own. A registry without a number is counted once: nobody
 * makes or deletes a repository before the number is there, so it is exact from then on.
 */
final class RepositoryCount {

  private static final String REPOSITORIES = "repositories";
  private static final int ROWS_PER_CALL = 1000;

  private final Table table;
  private final long quota;

  RepositoryCount(Table table, Quotas quotas) {
    this.table = table;
    this.quota = quotas.of(Quota.REPOSITORIES);
  }

  /** Part of the transaction that makes a repository; refused at the quota. */
  Action oneMore(String account) {
    return Action.update(Keys.registryCounts(account))
        .add(REPOSITORIES, 1)
        .when(Condition.all(Condition.present(), Condition.below(REPOSITORIES, quota)));
  }

  /** Part of the transaction that deletes one. */
  Action oneLess(String account) {
    return Action.update(Keys.registryCounts(account))
        .add(REPOSITORIES, -1)
        .when(Condition.present());
  }

  /**
   * Finds out why an action of this class was refused, and makes sure that there is a number.
   *
   * @throws LimitExceeded if the registry has as many repositories as it may have
   */
  void requireRoom(String account) {
    Optional<Item> counts = table.get(Keys.registryCounts(account), Consistency.STRONG);
    if (counts.isEmpty()) {
      begin(account);
    } else if (counts.get().number(REPOSITORIES) >= quota) {
      throw new LimitExceeded(
          "The registry with id '%s' already has the maximum allowed number of repositories which is '%d'"
              .formatted(account, quota));
    }
  }

  /** Sets the number by counting, unless there is one. */
  void begin(String account) {
    Key key = Keys.registryCounts(account);
    Item counts =
        Item.at(key)
            .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
            .number(REPOSITORIES, count(account))
            .build();
    table.transact(Action.put(counts, Condition.absent()));
  }

  private long count(String account) {
    long count = 0;
    Optional<String> position = Optional.empty();
    do {
      Page<Item> rows =
          table.query(
              Keys.repositoryList(account), "", position, ROWS_PER_CALL, Consistency.STRONG);
      count += rows.entries().size();
      position = rows.next();
    } while (position.isPresent());
    return count;
  }
}
