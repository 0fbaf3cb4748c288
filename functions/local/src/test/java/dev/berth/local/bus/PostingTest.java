package dev.berth.local.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.bus.Deliveries.Handling;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostingTest {

  private static final Retries NEVER = new Retries(1, Duration.ofDays(1), Duration.ofDays(1));

  @TempDir Path directory;
  private final MemoryTable table = new MemoryTable();
  private final InterposedTable failing = new InterposedTable(table);
  private final Removals removals = new Removals(table);

  @AfterEach
  void stop() {
    removals.close();
  }

  @Test
  void whatThereIsNoRoomForIsADeadLetterOnceTheOthersAreQueued() throws IOException {
    failing.before(Action.Put.class::isInstance, PostingTest::fail);
    try (Deliveries queue = queueOfOne()) {
      assertThatThrownBy(() -> post(queue, "{\"n\":1}", "{\"n\":2}")).hasMessage("full");
      assertThat(letters()).doesNotExist();
      assertThat(table.all()).isEmpty();

      post(queue, "{\"n\":1}", "{\"n\":2}");
    }
    assertThat(table.all()).extracting(QueuedEvent::event).containsExactly("{\"n\":1}");
    assertThat(Files.readAllLines(letters())).singleElement().asString().contains("{\"n\":2}");
  }

  private static void fail() {
    throw new StoreException("full");
  }

  private void post(Deliveries queue, String... events) {
    var posting = new Posting(failing);
    posting.add(queue, List.of(events));
    posting.write();
  }

  private Path letters() {
    return directory.resolve("rule.jsonl");
  }

  /** Has room for one event, and is not started. */
  private Deliveries queueOfOne() {
    var letters = new DeadLetters(directory, "rule", Clock.systemUTC());
    return new Deliveries(
        new Handling(_ -> {}, NEVER, 1), letters, table, removals, Clock.systemUTC());
  }
}
