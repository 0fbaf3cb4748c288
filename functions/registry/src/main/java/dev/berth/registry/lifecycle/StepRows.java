package dev.berth.registry.lifecycle;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Limits;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.work.Work;
import dev.berth.registry.work.Work.ExpireImages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What is written down of a step of a lifecycle run: the step, and under it a row for each of its
 * images, those of lower waves first. An image goes only in a transaction that marks its row, so
 * whoever removes the row keeps it from going unrecorded. With a page of rows in memory.
 */
final class StepRows {

  /** With two things more in a transaction. */
  static final int AT_ONCE = Table.MOST - 2;

  private static final String WRITES = "writes";

  private final Table table;
  private final ExpireImages step;

  StepRows(Table table, ExpireImages step) {
    this.table = table;
    this.step = step;
  }

  /**
   * A step that has rows in a repository.
   *
   * @param before the step that it comes behind; empty for the first
   */
  static Optional<String> stepBehind(Table table, String repositoryId, Optional<String> before) {
    Optional<String> after = before.map(Keys::behindExpiring);
    return table
        .query(Keys.expiring(repositoryId), "", after, 1, Consistency.STRONG)
        .entries()
        .stream()
        .map(row -> Keys.expiringStep(row.key()))
        .findFirst();
  }

  /** Another number than before, if images of the repository may have gone by a step since. */
  static long writes(Table table, String repositoryId) {
    return table
        .get(Keys.expirationStepCount(repositoryId), Consistency.STRONG)
        .map(item -> item.number(WRITES))
        .orElse(0L);
  }

  /** Writes down the step itself. */
  void begin(Instant due) {
    table.transact(Action.put(step.item(due)));
  }

  /**
   * Writes down what is to go.
   *
   * @param images at most {@link #AT_ONCE}
   * @return false if another one has taken the step
   */
  boolean plan(List<PlannedImage> images, Instant due) {
    List<Item> rows = images.stream().map(image -> image.row(step)).toList();
    for (List<Item> page : Pages.of(rows, Limits::check)) {
      List<Action> actions = new ArrayList<>();
      actions.add(Action.check(step.key(), Condition.equal(Work.DUE, due.toEpochMilli())));
      actions.add(
          Action.update(Keys.expirationStepCount(step.repositoryId()))
              .add(WRITES, 1)
              .when(Condition.always()));
      page.forEach(row -> actions.add(Action.put(row)));
      if (!table.transact(actions).committed()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Takes the step, to finish it.
   *
   * @param seen when it was due
   * @param due when others may take it
   * @return false if it is finished, or another one has taken it
   */
  boolean take(Instant seen, Instant due) {
    Instant later = due.equals(seen) ? due.plusMillis(1) : due;
    return table
        .transact(
            Action.update(step.key())
                .set(Work.DUE, later.toEpochMilli())
                .when(Condition.equal(Work.DUE, seen.toEpochMilli())))
        .committed();
  }

  boolean any(Predicate<Item> condition) {
    Optional<String> position = Optional.empty();
    do {
      Page<Item> page = page(position);
      if (page.entries().stream().anyMatch(condition)) {
        return true;
      }
      position = page.next();
    } while (position.isPresent());
    return false;
  }

  void each(Consumer<List<Item>> pages) {
    Optional<String> position = Optional.empty();
    do {
      Page<Item> page = page(position);
      pages.accept(page.entries());
      position = page.next();
    } while (position.isPresent());
  }

  /** What has not gone stays: from now on it does not go by this step any more. */
  void drop(Predicate<Item> which) {
    each(
        page -> {
          List<Action> drops =
              page.stream()
                  .filter(PlannedImage::isPlanned)
                  .filter(which)
                  .map(row -> (Action) Action.delete(row.key(), PlannedImage.PLANNED))
                  .toList();
          // of those that went meanwhile the rows stay
          if (!drops.isEmpty() && !table.transact(drops).committed()) {
            drops.forEach(table::transact);
          }
        });
  }

  /** The first of the rows, as many as make a record; none at the end. */
  List<Item> first() {
    List<Item> rows = new ArrayList<>();
    Optional<String> position = Optional.empty();
    do {
      Page<Item> page = page(position);
      rows.addAll(page.entries());
      position = page.next();
    } while (position.isPresent() && rows.size() < Table.MOST);
    return Pages.of(rows, Limits::check).stream().findFirst().orElse(List.of());
  }

  /**
   * @param rows at most {@link Table#MOST}
   */
  void remove(List<Item> rows) {
    table.transact(rows.stream().map(row -> (Action) Action.delete(row.key())).toList());
  }

  /** Nothing is left to do. */
  void end() {
    table.transact(Action.delete(step.key()));
  }

  private Page<Item> page(Optional<String> after) {
    return table.query(
        Keys.expiring(step.repositoryId()),
        Keys.expiringPrefix(step.step()),
        after,
        Table.MOST,
        Consistency.STRONG);
  }
}
