package dev.berth.registry.image;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The replications that have not ended, for those who look whether anybody works on them. */
public final class OpenReplications {

  private static final int ROWS_PER_CALL = 100;

  private final Table table;
  private final Clock clock;

  public OpenReplications(Table table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /**
   * Some of those on which nobody has worked for {@link Replication#PATIENCE}, if there are any.
   * Rows of images that were deleted meanwhile are dropped.
   */
  public List<Replication> overdue() {
    List<Replication> overdue = new ArrayList<>();
    List<Item> rows = dueRows();
    while (overdue.isEmpty() && !rows.isEmpty()) {
      rows.forEach(row -> open(row).ifPresentOrElse(overdue::add, () -> drop(row)));
      rows = dueRows();
    }
    return overdue;
  }

  private List<Item> dueRows() {
    String bound = Keys.replicationDue(clock.instant());
    return table
        .query(Keys.openReplications(), "", Optional.empty(), ROWS_PER_CALL, Consistency.STRONG)
        .entries()
        .stream()
        .filter(row -> row.key().sort().compareTo(bound) < 0)
        .toList();
  }

  private Optional<Replication> open(Item row) {
    return table
        .get(ReplicationItem.id(row).key(), Consistency.STRONG)
        .map(ReplicationItem::read)
        .filter(it -> it.isInProgress() && ReplicationItem.row(it).equals(row.key()));
  }

  private void drop(Item row) {
    table.transact(Action.delete(row.key()));
  }

  /**
   * Has one that is overdue be due later. Nobody has begun an attempt by this: a queue may be long.
   *
   * @return false if somebody works on it by now
   */
  public boolean takeUp(Replication overdue) {
    Replication taken = overdue.inProgress(overdue.attempts(), clock.instant());
    return table.transact(ReplicationItem.write(Optional.of(overdue), taken)).committed();
  }
}
