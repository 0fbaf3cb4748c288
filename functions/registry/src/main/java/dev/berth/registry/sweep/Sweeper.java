package dev.berth.registry.sweep;

import dev.berth.registry.image.ImageDeletion;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.work.Work;
import dev.berth.registry.work.Work.DeleteImage;
import dev.berth.registry.work.Work.PurgeRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Does the work that deletions leave behind. It may be stopped anywhere and run by several at once:
 * what is half done is done again.
 */
public final class Sweeper {

  private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());
  private static final int WORKS_PER_CALL = 100;

  /** After this, no write that had begun before a repository's deletion is still under way. */
  private static final Duration LAST_PURGE = Duration.ofHours(1);

  private final Table table;
  private final RepositoryContents contents;
  private final ImageDeletion images;
  private final Clock clock;

  public Sweeper(Table table, Objects objects, ImageDeletion images, Clock clock) {
    this.table = table;
    this.contents = new RepositoryContents(table, objects);
    this.images = images;
    this.clock = clock;
  }

  /** Does all work that is due. A piece that fails is logged and left for the next run. */
  public void run() {
    Instant now = clock.instant();
    Optional<String> position = Optional.empty();
    do {
      Page<Item> page = table.query(Keys.works(), "", position, WORKS_PER_CALL, Consistency.STRONG);
      page.entries().stream().filter(item -> !Work.due(item).isAfter(now)).forEach(this::attempt);
      position = page.next();
    } while (position.isPresent());
  }

  private void attempt(Item item) {
    Work work = Work.of(item);
    try {
      perform(work);
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.ERROR, "left for the next run: " + work, e);
    }
  }

  private void perform(Work work) {
    switch (work) {
      case DeleteImage deletion -> {
        images.finish(deletion);
        table.transact(Action.delete(deletion.key()));
      }
      case PurgeRepository purge -> {
        contents.remove(purge);
        table.transact(
            purge.last()
                ? Action.delete(purge.key())
                : Action.put(again(purge).item(clock.instant().plus(LAST_PURGE))));
      }
    }
  }

  private static PurgeRepository again(PurgeRepository purge) {
    return new PurgeRepository(
        purge.account(), purge.repositoryName(), purge.repositoryId(), purge.encryptionKey(), true);
  }
}
