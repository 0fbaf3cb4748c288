package dev.berth.registry.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.events.ImageAction;
import dev.berth.registry.outbox.Change.Pushed;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeadChangesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final MemoryTable table = new MemoryTable();
  private final RecordingBus bus = new RecordingBus();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final DeadChanges letters = new DeadChanges(table);

  @Test
  void everyDeadChangeIsPublishedOnceMore() {
    List<String> all = bury(120);
    assertThat(letters.redrive()).isEqualTo(120);
    assertThat(letters.redrive()).isZero();
    drain();
    assertThat(tags()).containsExactlyInAnyOrderElementsOf(all);
    assertThat(table.all()).isEmpty();
  }

  @Test
  void aRedrivenChangeIsTriedAsIfForTheFirstTime() {
    bury(1);
    letters.redrive();
    bus.down = true;
    drain();
    assertThat(table.all()).hasSize(1).allMatch(item -> item.number(Refusals.TRIES) == 1);
  }

  @Test
  void aCrashMidwayLosesNothing() {
    bury(120);
    var crashing = new InterposedTable(table);
    crashing.before(
        action -> action.key().sort().endsWith("060"),
        () -> {
          throw new StoreException("killed");
        });
    assertThatThrownBy(() -> new DeadChanges(crashing).redrive()).hasMessage("killed");
    assertThat(table.all()).hasSize(120);
    letters.redrive();
    drain();
    assertThat(tags()).hasSize(120).doesNotHaveDuplicates();
  }

  @Test
  void whatNobodyCanReadIsADeadLetterAgain() {
    table.transact(
        Action.put(Item.at(Keys.deadLetter(Keys.outbox(3, "0"))).text("kind", "mystery").build()));
    assertThat(letters.redrive()).isEqualTo(1);
    drain();
    assertThat(table.all())
        .hasSize(1)
        .allMatch(item -> item.key().partition().equals(Keys.deadLetters()));
  }

  /** Dead letters of as many changes, whose tags are returned. */
  private List<String> bury(int count) {
    var refusals = new Refusals(table, clock);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              var change = new Pushed(Digest.sha256(new byte[] {1}), Optional.of(new Tag("v" + i)));
              var record = new OutboxRecord("123456789012", new RepositoryName("app"), change, NOW);
              Item item = ((Action.Put) record.toldOf("id")).item();
              var named = new Item(Keys.outbox(0, "%03d".formatted(i)), item.attributes());
              table.transact(Action.put(named));
              refusals.bury(named, "refused");
              return "v" + i;
            })
        .toList();
  }

  private void drain() {
    new Drainer(table, bus, "us-east-1", "aws.ecr", clock).run();
  }

  private List<String> tags() {
    return bus.taken.stream().map(event -> ((ImageAction) event).imageTag().orElseThrow()).toList();
  }
}
