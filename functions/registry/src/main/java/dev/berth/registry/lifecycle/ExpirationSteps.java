package dev.berth.registry.lifecycle;

import dev.berth.registry.image.ImageDeletion;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Limits;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.store.Walk;
import dev.berth.registry.work.Work.ExpireImages;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Expires images step by step, so that wherever a step is broken off {@link #finish} finds what is
 * left of it: what went is written down in the transaction that begins its deletion until it is
 * recorded, and what is to go with others before those go.
 */
public final class ExpirationSteps {

  /** After this, whoever began a step has ended, one way or another. */
  private static final Duration LONGEST_STEP = Duration.ofMinutes(20);

  private static final Comparator<ExpiringImage> OLDEST_FIRST =
      Comparator.comparing(ExpiringImage::pushedAt).thenComparing(ExpiringImage::digest);

  private final Table table;
  private final ImageDeletion deletion;
  private final ExpirationAudit audit;
  private final Clock clock;

  public ExpirationSteps(Table table, ImageDeletion deletion, ExpirationAudit audit, Clock clock) {
    this.table = table;
    this.deletion = deletion;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Expires the images that still are what was seen of them.
   *
   * @param images of whole families
   * @return those that went
   */
  List<ExpiringImage> run(ExpireImages step, List<PlannedImage> images) {
    begin(step, images);
    try {
      Waves.each(images, image -> expire(step, image));
    } catch (RuntimeException e) {
      tryFinish(step, e);
      throw e;
    }
    return finish(step);
  }

  /** What cannot be finished now is left to the sweeper. */
  private void tryFinish(ExpireImages step, RuntimeException failure) {
    try {
      finish(step);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void begin(ExpireImages step, List<PlannedImage> images) {
    List<Action> actions = new ArrayList<>();
    actions.add(Action.put(step.item(clock.instant().plus(LONGEST_STEP))));
    images.stream()
        .filter(PlannedImage::follows)
        .map(image -> image.plan(step))
        .forEach(actions::add);
    // the step itself comes first: what is planned is found by it
    Pages.of(actions, ExpirationSteps::length).forEach(table::transact);
  }

  private static int length(Action action) {
    return action instanceof Action.Put put ? Limits.check(put.item()) : 0;
  }

  private boolean expire(ExpireImages step, PlannedImage image) {
    return deletion.delete(image.deletion(step), image.seen(), image.expire(step));
  }

  /**
   * Finishes a step, by whomever it was begun: expires what goes with what is gone, and records
   * all. Where it breaks off, some may be recorded twice, as the same event.
   *
   * @return the images that went, the oldest first
   */
  public List<ExpiringImage> finish(ExpireImages step) {
    List<Item> rows = rows(step);
    if (!rows.stream().allMatch(PlannedImage::isExpired)) {
      expireRest(step, rows);
      rows = rows(step);
    }
    List<ExpiringImage> expired =
        rows.stream()
            .filter(PlannedImage::isExpired)
            .map(row -> PlannedImage.read(row).image())
            .sorted(OLDEST_FIRST)
            .toList();
    Pages.of(expired, ExpiringImage::length).forEach(page -> audit.record(step, page));
    List<Action> removals = new ArrayList<>();
    rows.forEach(row -> removals.add(Action.delete(row.key())));
    removals.add(Action.delete(step.key()));
    Pages.of(removals, any -> 0).forEach(table::transact);
    return expired;
  }

  /** What holds an image has to be gone first, and its deletion may have been broken off. */
  private void expireRest(ExpireImages step, List<Item> rows) {
    rows.stream()
        .filter(PlannedImage::isExpired)
        .forEach(row -> deletion.finish(PlannedImage.read(row).deletion(step)));
    rows.stream()
        .filter(row -> !PlannedImage.isExpired(row))
        .map(PlannedImage::read)
        .sorted(Comparator.comparingInt(PlannedImage::wave))
        .forEach(image -> expire(step, image));
  }

  private List<Item> rows(ExpireImages step) {
    List<Item> rows = new ArrayList<>();
    Walk.pages(
        after ->
            table.query(
                Keys.expiring(step.repositoryId()),
                Keys.expiringPrefix(step.step()),
                after,
                Table.MOST,
                Consistency.STRONG),
        rows::addAll);
    return rows;
  }
}
