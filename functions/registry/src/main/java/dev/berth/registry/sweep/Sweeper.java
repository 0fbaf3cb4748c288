package dev.berth.registry.sweep;

import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.encryption.EncryptionKeys;
import dev.berth.registry.image.ImageDeletion;
import dev.berth.registry.lifecycle.ExpirationSteps;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Expirations;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.work.Work;
import dev.berth.registry.work.Work.DeleteImage;
import dev.berth.registry.work.Work.ExpireImages;
import dev.berth.registry.work.Work.PurgeRepository;
import dev.berth.registry.work.Work.RetireGrants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Does the work that others leave behind, see {@link Work}, and deletes what has expired. It may be
 * stopped anywhere and run by several at once: what is half done is done again.
 */
public final class Sweeper {

  private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());
  private static final int WORKS_PER_CALL = 100;

  /** After this, no write that had begun before a repository's deletion is still under way. */
  private static final Duration LAST_PURGE = Duration.ofHours(1);

  private final Table table;
  private final RepositoryContents contents;
  private final ImageDeletion images;
  private final ExpirationSteps expirations;
  private final EncryptionKeys keys;
  private final Clock wall;
  private final Clock clock;

  /**
   * @param wall by which expires what clients hold, such as the keys of sessions
   * @param clock by which work is due
   */
  public Sweeper(
      Table table,
      Objects objects,
      ImageDeletion images,
      ExpirationSteps expirations,
      EncryptionKeys keys,
      Clock wall,
      Clock clock) {
    this.table = table;
    this.contents = new RepositoryContents(table, objects, clock);
    this.images = images;
    this.expirations = expirations;
    this.keys = keys;
    this.wall = wall;
    this.clock = clock;
  }

  /** Does all work that is due. A piece that fails is logged and left for the next run. */
  public void run() {
    Instant now = clock.instant();
    expire(wall.instant());
    Optional<String> position = Optional.empty();
    do {
      Page<Item> page = table.query(Keys.works(), "", position, WORKS_PER_CALL, Consistency.STRONG);
      page.entries().stream().filter(item -> isDue(item, now)).forEach(this::attempt);
      position = page.next();
    } while (position.isPresent());
  }

  /** Nothing waits for longer than the last purge, unless it was written down by another clock. */
  private static boolean isDue(Item item, Instant now) {
    Instant due = Work.due(item);
    return !due.isAfter(now) || due.isAfter(now.plus(LAST_PURGE.multipliedBy(2)));
  }

  private void expire(Instant now) {
    try {
      Expirations.sweep(table, now);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "what has expired is left for the next run", e);
    }
  }

  /** Whatever is wrong with one piece, the others behind it are not to wait for it. */
  private void attempt(Item item) {
    try {
      perform(Work.of(item), Work.due(item));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "left for the next run: " + item.key(), e);
    }
  }

  private void perform(Work work, Instant due) {
    switch (work) {
      case DeleteImage deletion -> {
        images.finish(deletion);
        // where the repository is gone its purge removes the image, and leaves this behind
        Key image = Keys.image(deletion.repositoryId(), deletion.digest());
        table.transact(Action.check(image, Condition.absent()), Action.delete(deletion.key()));
      }
      case RetireGrants grants -> {
        keys.retire(grants.grantedKey(), grants.repositoryId());
        table.transact(Action.delete(grants.key()));
      }
      case ExpireImages step -> expirations.finish(step, due);
      case PurgeRepository purge -> {
        contents.remove(purge);
        if (purge.encryption() instanceof Encryption.Kms(var key)) {
          keys.retire(key, purge.repositoryId());
        }
        table.transact(
            purge.last()
                ? Action.delete(purge.key())
                : Action.put(again(purge).item(clock.instant().plus(LAST_PURGE))));
      }
    }
  }

  private static PurgeRepository again(PurgeRepository purge) {
    return new PurgeRepository(
        purge.account(), purge.repositoryName(), purge.repositoryId(), purge.encryption(), true);
  }
}
