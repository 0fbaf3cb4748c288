package dev.berth.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.work.Work.PurgeRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ObservedTableTest {

  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final PurgeRepository PURGE =
      new PurgeRepository(
          "123456789012", new RepositoryName("app"), "id", Encryption.of("AES256"), false);

  private final News shards = new News();
  private final News work = new News();
  private final ObservedTable table =
      new ObservedTable(new MemoryTable(), shards, work, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void aShardThatGrewIsTold() throws InterruptedException {
    table.transact(Action.put(Item.at(Keys.outbox(7, "0")).text("kind", "push").build()));
    assertThat(shards.await(1).orElseThrow().stream()).containsExactly(7);
    assertThat(work.await(1).orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void workThatIsDueIsTold() throws InterruptedException {
    table.transact(Action.put(PURGE.item(NOW)));
    assertThat(work.await(1).orElseThrow().isEmpty()).isFalse();
  }

  @Test
  void workOfLaterIsLeftToTheSchedule() throws InterruptedException {
    table.transact(Action.put(PURGE.item(NOW.plusMillis(1))));
    assertThat(work.await(1).orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void whatIsRefusedOrTakenAwayIsNotTold() throws InterruptedException {
    table.transact(Action.put(PURGE.item(NOW), Condition.present()));
    table.transact(Action.delete(PURGE.key()));
    assertThat(work.await(1).orElseThrow().isEmpty()).isTrue();
  }
}
