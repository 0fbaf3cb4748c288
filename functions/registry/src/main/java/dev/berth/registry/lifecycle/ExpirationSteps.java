package dev.berth.registry.lifecycle;

import dev.berth.core.lifecycle.ExpirationFamilies.Member;
import dev.berth.registry.image.ImageDeletion;
import dev.berth.registry.image.ImageInventory.Stock;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.work.Work;
import dev.berth.registry.work.Work.ExpireImages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Expires images step by step, so that wherever a step is broken off {@link #finish} finds what is
 * left of it: what is to go is written down first, and what went stays written down until it is
 * recorded. A step may be of very many images; a hundred are in memory at once.
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
   * @param members of whole families
   * @param stock that has them
   * @return how many went by this call, by the priority of the rule that decided
   * @throws dev.berth.core.audit.AuditException if what went cannot be recorded now; it is later
   */
  SortedMap<Integer, Integer> run(ExpireImages step, List<Member> members, Stock stock) {
    var expired = new ConcurrentSkipListMap<Integer, Integer>();
    List<Member> inWaves = members.stream().sorted(Comparator.comparingInt(Member::wave)).toList();
    Instant due = clock.instant().plus(LONGEST_STEP);
    var rows = new StepRows(table, step);
    rows.begin(due);
    try {
      if (some(inWaves, stock, images -> rows.plan(images, due))) {
        some(inWaves, stock, images -> expire(step, images, expired));
      }
    } catch (RuntimeException e) {
      tryFinish(step, due, e);
      throw e;
    }
    finish(step, due);
    return expired;
  }

  /**
   * @param work says whether to go on
   */
  private static boolean some(
      List<Member> members, Stock stock, Predicate<List<PlannedImage>> work) {
    for (int from = 0; from < members.size(); from += StepRows.AT_ONCE) {
      List<Member> some = members.subList(from, Math.min(from + StepRows.AT_ONCE, members.size()));
      if (!work.test(some.stream().map(member -> PlannedImage.of(member, stock)).toList())) {
        return false;
      }
    }
    return true;
  }

  /** What cannot be finished now is left to the sweeper. */
  private void tryFinish(ExpireImages step, Instant due, RuntimeException failure) {
    try {
      finish(step, due);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private boolean expire(
      ExpireImages step, List<PlannedImage> images, ConcurrentMap<Integer, Integer> expired) {
    Waves.each(
        images,
        image -> {
          if (expire(step, image)) {
            expired.merge(image.image().rulePriority(), 1, Integer::sum);
          }
        });
    return true;
  }

  private boolean expire(ExpireImages step, PlannedImage image) {
    return deletion.delete(image.deletion(step), image.seen(), image.expire(step));
  }

  /**
   * Reads while no image goes by a step: what is read while others run might have an image that
   * goes with another one, but not that one any more.
   *
   * @param read is repeated while steps are begun meanwhile; those before it are finished
   */
  <T> T undisturbed(String repositoryId, Supplier<T> read) {
    while (true) {
      long before = StepRows.writes(table, repositoryId);
      finishAll(repositoryId);
      T result = read.get();
      if (StepRows.writes(table, repositoryId) == before) {
        return result;
      }
    }
  }

  /**
   * Finishes all steps of a repository that others have begun: what of them was broken off leaves
   * images that no rule is to look at, as they are to go with others that are gone. Where one is
   * still alive, nothing more goes by its step.
   *
   * @throws dev.berth.core.audit.AuditException if what went cannot be recorded now
   */
  private void finishAll(String repositoryId) {
    Optional<String> position = Optional.empty();
    do {
      position = StepRows.stepBehind(table, repositoryId, position);
      position
          .map(ExpireImages::key)
          .flatMap(key -> table.get(key, Consistency.STRONG))
          .ifPresent(this::finish);
    } while (position.isPresent());
  }

  private void finish(Item item) {
    if (Work.of(item) instanceof ExpireImages step) {
      finish(step, Work.due(item));
    }
  }

  /**
   * Finishes a step, by whomever it was begun: expires what goes with what is gone, and records
   * all. Nothing happens if another one has taken or finished it. Where it breaks off, some may be
   * recorded twice, as the same event.
   *
   * @param due when it was due as it was read
   * @throws dev.berth.core.audit.AuditException if what went cannot be recorded now
   */
  public void finish(ExpireImages step, Instant due) {
    var rows = new StepRows(table, step);
    if (!rows.take(due, clock.instant().plus(LONGEST_STEP))) {
      return;
    }
    if (rows.any(PlannedImage::isPlanned)) {
      // first, as whoever still runs the step might begin with one when its followers are dropped
      rows.drop(row -> !PlannedImage.read(row).follows());
      expireRest(step, rows);
      rows.drop(_ -> true);
    }
    // the same rows make the same records, however often it is begun
    for (List<Item> page = rows.first(); !page.isEmpty(); page = rows.first()) {
      audit.record(step, images(page));
      rows.remove(page);
    }
    rows.end();
  }

  private static List<ExpiringImage> images(List<Item> rows) {
    return rows.stream().map(row -> PlannedImage.read(row).image()).sorted(OLDEST_FIRST).toList();
  }

  private void expireRest(ExpireImages step, StepRows rows) {
    if (rows.any(row -> PlannedImage.isPlanned(row) && PlannedImage.read(row).follows())) {
      rows.each(page -> expireRest(step, page));
    }
  }

  /** What holds an image has to be gone first, and its deletion may have been broken off. */
  private void expireRest(ExpireImages step, List<Item> rows) {
    rows.stream()
        .filter(row -> !PlannedImage.isPlanned(row))
        .forEach(row -> deletion.finish(PlannedImage.read(row).deletion(step)));
    List<PlannedImage> followers =
        rows.stream()
            .filter(PlannedImage::isPlanned)
            .map(PlannedImage::read)
            .filter(PlannedImage::follows)
            .toList();
    Waves.each(
        followers,
        image -> {
          if (!expire(step, image)) {
            // it may be going by whoever still runs the step, and others wait for it
            deletion.finish(image.deletion(step));
          }
        });
  }
}
