package dev.berth.registry.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.events.EcrEvent;
import dev.berth.events.ImageAction;
import dev.berth.registry.outbox.Change.Deleted;
import dev.berth.registry.outbox.Change.Pushed;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DrainerTest {

  private static final Digest IMAGE = Digest.sha256(new byte[] {1});
  private static final String REPOSITORY = "a repository's id";

  private final MemoryTable table = new MemoryTable();
  private final RecordingBus bus = new RecordingBus();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final Drainer drainer = new Drainer(table, bus, "us-east-1", "aws.ecr", clock);

  @Test
  void whatIsPublishedIsGone() {
    push("a");
    drainer.run();
    assertThat(table.all()).isEmpty();
    drainer.run();
    assertThat(tags()).containsExactly("a");
  }

  @Test
  void theEventsOfARepositoryComeInTheirOrder() {
    List<String> all = IntStream.range(0, 90).mapToObj(i -> "t" + i).toList();
    all.forEach(this::push);
    drainer.run();
    assertThat(tags()).isEqualTo(all);
    assertThat(bus.calls).isLessThan(6);
  }

  @Test
  @Timeout(60)
  void runsAtOncePublishOnce() throws InterruptedException {
    push("a");
    var second = new AtomicReference<Thread>();
    EventBus slow =
        events -> {
          if (Thread.currentThread() != second.get()) {
            second.get().start();
            while (second.get().getState() != Thread.State.BLOCKED && second.get().isAlive()) {
              Thread.onSpinWait();
            }
          }
          return bus.publish(events);
        };
    var shared = new Drainer(table, slow, "us-east-1", "aws.ecr", clock);
    second.set(new Thread(shared::run));
    shared.run();
    second.get().join();
    assertThat(tags()).containsExactly("a");
  }

  @Test
  void aCrashBetweenCommitAndPublishLosesNothing() {
    push("a");
    // another process, with the same table
    new Drainer(table, bus, "us-east-1", "aws.ecr", clock).run();
    assertThat(tags()).containsExactly("a");
  }

  @Test
  void aCrashBetweenPublishAndRemovalRepeatsTheEventWithItsId() {
    push("a");
    var crashing = new InterposedTable(table);
    crashing.before(
        Action.Delete.class::isInstance,
        () -> {
          throw new StoreException("killed");
        });
    assertThatThrownBy(() -> new Drainer(crashing, bus, "us-east-1", "aws.ecr", clock).run())
        .hasMessage("killed");
    drainer.run();
    assertThat(tags()).containsExactly("a", "a");
    assertThat(bus.taken).extracting(event -> event.envelope().id()).containsOnly(idOfFirst());
  }

  @Test
  void eachOfSeveralEventsHasAnIdOfItsOwn() {
    record(new Deleted(IMAGE, List.of(new Tag("a"), new Tag("b"))));
    drainer.run();
    assertThat(bus.taken).extracting(event -> event.envelope().id()).doesNotHaveDuplicates();
  }

  @Test
  void whatABusRefusesIsTriedAgainLaterAndHoldsUpNothing() {
    push("bad");
    push("good");
    bus.refused = event -> tag(event).equals("bad");
    drainer.run();
    assertThat(tags()).containsExactly("good");

    bus.refused = any -> false;
    drainer.run();
    assertThat(tags()).containsExactly("good");
    now = now.plusSeconds(1);
    drainer.run();
    assertThat(tags()).containsExactly("good", "bad");
    assertThat(table.all()).isEmpty();
  }

  @Test
  void aBusThatIsDownLosesNothing() {
    push("a");
    bus.down = true;
    drainer.run();
    now = now.plusSeconds(1);
    drainer.run();
    bus.down = false;
    now = now.plusSeconds(2);
    drainer.run();
    assertThat(tags()).containsExactly("a");
  }

  @Test
  void pausesGrowToTenMinutesAndEndAfterAboutADayWithADeadLetter() {
    push("a");
    bus.refused = any -> true;
    Instant begin = now;
    Duration longest = Duration.ZERO;
    drainer.run();
    while (outbox().isPresent()) {
      Duration pause = Duration.between(now, Refusals.due(outbox().orElseThrow()));
      longest = pause.compareTo(longest) > 0 ? pause : longest;
      now = now.plus(pause);
      drainer.run();
    }
    assertThat(bus.calls).isEqualTo(Refusals.MOST_TRIES);
    assertThat(longest).isEqualTo(Duration.ofMinutes(10));
    assertThat(Duration.between(begin, now)).isBetween(Duration.ofHours(23), Duration.ofHours(25));
    Item letter = table.all().getFirst();
    assertThat(letter.key().partition()).isEqualTo(Keys.deadLetters());
    assertThat(letter.text("reason")).isEqualTo("InternalFailure");
    assertThat(OutboxRecord.of(letter).change())
        .isEqualTo(new Pushed(IMAGE, Optional.of(new Tag("a"))));
  }

  @Test
  void aRecordThatNobodyCanReadIsKeptApartAndHoldsUpNothing() {
    table.transact(
        Action.put(Item.at(Keys.outbox(shard(), "0")).text("kind", "mystery").build()),
        Action.put(Item.at(Keys.outbox(shard(), "1")).number("kind", 7).build()),
        Action.put(
            Item.at(Keys.outbox(shard(), "2"))
                .text("kind", "push")
                .text("account", "1")
                .text("repository", "NO NAME")
                .text("digest", IMAGE.toString())
                .text("tags", "/// ///")
                .number("at", Long.MAX_VALUE)
                .build()));
    push("a");
    drainer.run();
    assertThat(tags()).containsExactly("a");
    assertThat(table.all())
        .hasSize(3)
        .allMatch(item -> item.key().partition().equals(Keys.deadLetters()))
        .allMatch(item -> !item.text("reason").isEmpty());
  }

  private static int shard() {
    return Math.floorMod(REPOSITORY.hashCode(), Keys.OUTBOX_SHARDS);
  }

  private void push(String tag) {
    record(new Pushed(IMAGE, Optional.of(new Tag(tag))));
  }

  private void record(Change change) {
    table.transact(
        new OutboxRecord("123456789012", new RepositoryName("app"), change, now)
            .toldOf(REPOSITORY));
  }

  private Optional<Item> outbox() {
    return table.all().stream().filter(item -> item.key().partition().startsWith("O#")).findFirst();
  }

  private String idOfFirst() {
    return bus.taken.getFirst().envelope().id();
  }

  private List<String> tags() {
    return bus.taken.stream().map(DrainerTest::tag).toList();
  }

  private static String tag(EcrEvent event) {
    return ((ImageAction) event).imageTag().orElseThrow();
  }
}
