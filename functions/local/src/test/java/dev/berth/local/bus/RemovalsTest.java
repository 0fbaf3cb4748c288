package dev.berth.local.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.StoreException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RemovalsTest {

  private final MemoryTable table = new MemoryTable();

  @Test
  void whatWasDeliveredIsGoneWhenTheHostHasEnded() {
    try (var removals = new Removals(table)) {
      for (int i = 0; i < 1000; i++) {
        removals.add(queued().key());
      }
      queued();
    }
    assertThat(table.all()).hasSize(1);
  }

  @Test
  void whatWasDeliveredIsRemovedWhileTheHostRuns() {
    try (var removals = new Removals(table)) {
      removals.add(queued().key());
      while (!table.all().isEmpty()) {
        Thread.yield();
      }
    }
  }

  @Test
  void whatCannotBeRemovedInTheEndIsToldAndStays() {
    var full = new InterposedTable(table);
    full.before(
        Action.Delete.class::isInstance,
        () -> {
          throw new StoreException("the disk is full");
        });
    var removals = new Removals(full);
    Item item = queued();
    // so that nothing is removed before the end
    removals.close();
    removals.add(item.key());
    assertThatThrownBy(removals::close).hasMessage("the disk is full");
    assertThat(table.all()).hasSize(1);
  }

  private Item queued() {
    Item item = QueuedEvent.of("hook", "{}", Instant.EPOCH);
    table.transact(Action.put(item));
    return item;
  }
}
