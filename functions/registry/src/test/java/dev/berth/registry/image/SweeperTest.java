package dev.berth.registry.image;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Expirations;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.work.Work.PurgeRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweeperTest {

  private final Registry registry = new Registry();

  @Test
  void aPieceThatCannotBeDoneDoesNotHoldUpTheOthers() {
    registry.breakOffDeletion(registry.push(registry.image("one")).digest());
    Item unreadable = Item.at(Keys.work("a piece of another version")).number("due", 0).build();
    registry.table.transact(Action.put(unreadable));
    registry.sweeper.run();
    assertThat(registry.imageCount()).isZero();
    assertThat(works()).containsExactly(unreadable);
  }

  @Test
  void whatCannotExpireDoesNotHoldUpTheOthers() {
    registry.breakOffDeletion(registry.push(registry.image("one")).digest());
    Item unreadable = Item.at(new Key(Keys.expirations(), "0")).number("v", 0).build();
    registry.table.transact(Action.put(unreadable));
    registry.sweeper.run();
    assertThat(registry.imageCount()).isZero();
    assertThat(registry.table.all()).contains(unreadable);
  }

  @Test
  void whatHasExpiredIsDeleted() {
    Key key = Keys.accessKey("ASIAONE");
    Instant end = Instant.EPOCH;
    registry.table.transact(
        Action.put(Item.at(key).number("v", 1).build()), Expirations.deleteAfter(end, key));
    registry.sweeper.run();
    assertThat(registry.table.all()).noneMatch(item -> item.key().partition().matches("K#.*|E"));
  }

  @Test
  void aDeletionWhoseRepositoryIsDeletedTooIsForgottenOnceTheImageIsPurged() {
    registry.breakOffDeletion(registry.push(registry.image("one"), "a").digest());
    registry.repositories.delete(ACCOUNT, APP, true);
    registry.sweeper.run();
    registry.passes(Duration.ofHours(2));
    registry.sweeper.run();
    assertThat(works()).isEmpty();
    assertThat(registry.table.all())
        .noneMatch(item -> item.key().partition().matches("[ITMLFC]#.*"));
  }

  @Test
  void workIsDoneWhenItIsDueAndAtOnceWhereALaterClockWroteItDown() {
    Instant latest = registry.now.plus(Duration.ofHours(2));
    PurgeRepository waiting = leave("waiting", latest);
    leave("due", registry.now);
    leave("of a later clock", latest.plusMillis(1));
    registry.sweeper.run();
    assertThat(works()).extracting(Item::key).containsExactly(waiting.key());
  }

  /** Writes down to purge a repository for the last time. */
  private PurgeRepository leave(String repositoryId, Instant due) {
    var purge = new PurgeRepository(ACCOUNT, APP, repositoryId, Encryption.AES256, true);
    registry.table.transact(Action.put(purge.item(due)));
    return purge;
  }

  private List<Item> works() {
    return registry.table.all().stream()
        .filter(item -> item.key().partition().equals(Keys.works()))
        .toList();
  }
}
