package dev.berth.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.events.EcrEvent;
import dev.berth.registry.outbox.Change.Pushed;
import dev.berth.registry.outbox.Drainer;
import dev.berth.registry.outbox.OutboxRecord;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.Table;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DrainingTest {

  private static final String FIRST = shardOf(Keys.OUTBOX_SHARDS - 1);
  private static final String SECOND = shardOf(0);

  private final News grown = new News();
  private final Table table =
      new ObservedTable(new MemoryTable(), grown, new News(), Clock.systemUTC());
  private final List<EcrEvent> events = Collections.synchronizedList(new ArrayList<>());

  @Test
  void whatIsCommittedDuringTheLastRunIsPublishedBeforeTheEnd() {
    commit(FIRST);
    var drainer =
        new Drainer(table, this::takeAndCommitOneMore, "us-east-1", "aws.ecr", Clock.systemUTC());
    var draining = new Draining("us-east-1", drainer, grown);
    draining.start();
    draining.close();
    assertThat(events).extracting(EcrEvent::repositoryName).containsExactly(FIRST, SECOND);
  }

  /** Into a shard that the run under way has passed. */
  private Map<Integer, String> takeAndCommitOneMore(List<EcrEvent> taken) {
    events.addAll(taken);
    if (events.size() == 1) {
      commit(SECOND);
      grown.close();
    }
    return Map.of();
  }

  private void commit(String repository) {
    Clock clock = Clock.systemUTC();
    var change = new Pushed(Digest.sha256(new byte[] {1}), Optional.empty());
    var name = new RepositoryName(repository);
    table.transact(
        new OutboxRecord("123456789012", name, change, clock.instant()).toldOf(repository));
  }

  private static String shardOf(int shard) {
    for (int i = 0; ; i++) {
      String repository = "app" + i;
      if (Math.floorMod(repository.hashCode(), Keys.OUTBOX_SHARDS) == shard) {
        return repository;
      }
    }
  }
}
