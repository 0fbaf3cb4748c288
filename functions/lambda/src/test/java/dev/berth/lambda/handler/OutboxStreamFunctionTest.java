package dev.berth.lambda.handler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.events.EcrEvent;
import dev.berth.registry.outbox.Change.Pushed;
import dev.berth.registry.outbox.Drainer;
import dev.berth.registry.outbox.OutboxRecord;
import dev.berth.registry.outbox.RecordingBus;
import dev.berth.registry.store.ForwardingTable;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxStreamFunctionTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** Repositories whose records are in different shards. */
  private static final String ONE = "one";

  private static final String TWO = "two";

  private final MemoryTable table = new MemoryTable();
  private final RecordingBus bus = new RecordingBus();
  private final OutboxStreamFunction function = function(table);

  private OutboxStreamFunction function(Table any) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new OutboxStreamFunction(new Drainer(any, bus, "us-east-1", "aws.ecr", clock));
  }

  @BeforeEach
  void changeBothRepositories() {
    assertThat(shard(ONE)).isNotEqualTo(shard(TWO));
    table.transact(changed(ONE).toldOf(ONE), changed(TWO).toldOf(TWO));
  }

  private static OutboxRecord changed(String repository) {
    var digest = Digest.sha256(repository.getBytes(UTF_8));
    var change = new Pushed(digest, Optional.of(new Tag("latest")));
    return new OutboxRecord("123456789012", new RepositoryName(repository), change, NOW);
  }

  private static String shard(String repository) {
    return Keys.outbox(Math.floorMod(repository.hashCode(), Keys.OUTBOX_SHARDS));
  }

  /**
   * What a stream of keys invokes a function with: two writes, and a removal from another shard.
   */
  private static String event(String shard, String other) throws IOException {
    try (InputStream in =
        OutboxStreamFunctionTest.class.getResourceAsStream("outbox-stream.json")) {
      return new String(in.readAllBytes(), UTF_8).replace("SHARD", shard).replace("OTHER", other);
    }
  }

  private static void invoke(OutboxStreamFunction function, String event) throws IOException {
    var in = new ByteArrayInputStream(event.getBytes(UTF_8));
    function.handleRequest(in, OutputStream.nullOutputStream(), null);
  }

  @Test
  void theShardsThatWereWrittenToAreDrainedOnce() throws IOException {
    invoke(function, event(shard(ONE), shard(TWO)));

    assertThat(bus.taken).extracting(EcrEvent::repositoryName).containsExactly(ONE);
    assertThat(bus.calls).isEqualTo(1);
  }

  @Test
  void anUpdateIsAWrite() throws IOException {
    invoke(function, event(shard(TWO), "I#r1").replace("INSERT", "MODIFY"));

    assertThat(bus.taken).extracting(EcrEvent::repositoryName).containsExactly(TWO);
  }

  @Test
  void anEventThatComesAgainPublishesNothingMore() throws IOException {
    String event = event(shard(ONE), shard(TWO));
    invoke(function, event);

    invoke(function, event);

    assertThat(bus.taken).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"Records\": [",
        "null",
        "7",
        "[]",
        "{}",
        "{\"Records\": {}}",
        "{\"Records\": [null, 7, {}, []]}",
        "{\"Records\": [{\"eventName\": \"INSERT\"}]}",
        "{\"Records\": [{\"eventName\": \"INSERT\", \"dynamodb\": {\"Keys\": {\"pk\": {\"N\":"
            + " \"1\"}}}}]}",
        "{\"Records\": [{\"eventName\": \"INSERT\", \"dynamodb\": {\"Keys\": {\"pk\": {\"S\":"
            + " 1}}}}]}"
      })
  void whatIsNoRecordOfTheOutboxIsPassedOver(String event) throws IOException {
    invoke(function, event);

    assertThat(bus.calls).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"O#16", "O#-1", "O#01", "O#", "O#1#2", "o#1", "I#r1", "D"})
  void recordsOfOtherPartitionsArePassedOver(String partition) throws IOException {
    invoke(function, event(partition, partition));

    assertThat(bus.calls).isZero();
  }

  @Test
  void recordsOfTheOutboxAreFoundAmongOthers() throws IOException {
    String event = event(shard(ONE), "I#r1").replace("\"Records\": [", "\"Records\": [null, {},");

    invoke(function, event);

    assertThat(bus.taken).hasSize(1);
  }

  @Test
  void aTableThatFailsFailsTheInvocationSoThatItComesAgain() throws IOException {
    String event = event(shard(ONE), shard(TWO));
    var failing = new FailingTable(shard(ONE));

    assertThatThrownBy(() -> invoke(function(failing), event))
        .hasCauseInstanceOf(StoreException.class);
    invoke(function, event);

    assertThat(bus.taken).hasSize(1);
  }

  @Test
  void aShardThatFailsDoesNotKeepAnotherBack() throws IOException {
    String both = event(shard(ONE), shard(TWO)).replace("REMOVE", "INSERT");
    String failing = Math.min(number(ONE), number(TWO)) == number(ONE) ? shard(ONE) : shard(TWO);
    var half = new FailingTable(failing);

    assertThatThrownBy(() -> invoke(function(half), both))
        .hasMessage("1 of 2 shards were not drained")
        .hasCauseInstanceOf(StoreException.class);

    assertThat(bus.taken).hasSize(1);
  }

  private static int number(String repository) {
    return Keys.outboxShard(shard(repository)).orElseThrow();
  }

  /** Does not answer for one partition. */
  private final class FailingTable extends ForwardingTable {

    private final String partition;

    FailingTable(String partition) {
      super(table);
      this.partition = partition;
    }

    @Override
    public Page<Item> query(
        String of, String prefix, Optional<String> after, int limit, Consistency consistency) {
      if (of.equals(partition)) {
        throw new StoreException("throttled");
      }
      return super.query(of, prefix, after, limit, consistency);
    }
  }
}
