package dev.berth.registry.lifecycle;

import static dev.berth.registry.lifecycle.ExpiringRegistry.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.registry.image.Registry;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.ForwardingTable;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends a run before and after each of its writes. */
class KilledLifecycleRunTest {

  /** Far more than the run makes. */
  private static final int ENOUGH = 1000;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wherever(boolean answerIsLost) {
    int writes = 0;
    while (!isKilled(writes, answerIsLost)) {
      writes++;
    }
    assertThat(writes).isBetween(10, ENOUGH);
  }

  /** Whether the run came to its end before it was to be killed. */
  private static boolean isKilled(int writes, boolean answerIsLost) {
    var left = new AtomicInteger(ENOUGH);
    var expiring = new ExpiringRegistry(table -> new DyingTable(table, left, answerIsLost));
    Registry registry = expiring.registry;
    Digest child = expiring.push("child");
    Digest index = expiring.pushManifest(Registry.index(child), "old-multi");
    Digest signature =
        expiring.pushManifest(registry.image("signature", Registry.referringTo(index)));
    Digest lone = expiring.push("lone", "old", "older");
    Digest untagged = expiring.push("untagged");
    expiring.put(
        policy(
            "\"tagStatus\":\"tagged\",\"tagPrefixList\":[\"old\"],"
                + "\"countType\":\"sinceImagePushed\",\"countUnit\":\"days\",\"countNumber\":1"));
    registry.passes(Duration.ofDays(2));
    left.set(writes);

    boolean ended = runs(expiring);
    left.set(ENOUGH);
    registry.passes(Duration.ofMinutes(21));
    registry.sweeper.run();

    // nothing stays behind that no rule selects, for what it was part of
    Set<Digest> there = new HashSet<>(expiring.images());
    assertThat(there.contains(child)).isEqualTo(there.contains(index));
    assertThat(there.contains(signature)).isEqualTo(there.contains(index));
    assertRecorded(expiring, there, List.of(child, index, signature, lone, untagged));

    expiring.run();

    assertThat(expiring.images()).as("after %d writes", writes).containsExactly(untagged);
    assertThat(expiring.recorded().stream().distinct()).hasSize(4);
    assertThat(registry.table.all()).noneMatch(item -> item.key().partition().matches("VE#.*|W"));
    return ended;
  }

  private static boolean runs(ExpiringRegistry expiring) {
    try {
      expiring.run();
      return true;
    } catch (StoreException killed) {
      return false;
    }
  }

  /** All that is gone, and nothing else; twice at most, as the same event. */
  private static void assertRecorded(
      ExpiringRegistry expiring, Set<Digest> there, List<Digest> all) {
    assertThat(expiring.recorded().stream().distinct())
        .containsExactlyInAnyOrderElementsOf(
            all.stream().filter(digest -> !there.contains(digest)).map(Digest::toString).toList());
    assertThat(expiring.registry.records.stream().map(it -> it.eventId()).distinct().count())
        .isEqualTo(expiring.registry.records.isEmpty() ? 0 : 1);
  }

  /** Writes so often and no more. */
  private static final class DyingTable extends ForwardingTable {

    private final AtomicInteger left;
    private final boolean answerIsLost;

    DyingTable(Table table, AtomicInteger left, boolean answerIsLost) {
      super(table);
      this.left = left;
      this.answerIsLost = answerIsLost;
    }

    @Override
    public Outcome transact(List<Action> actions) {
      int before = left.getAndDecrement();
      if (before == 0 && answerIsLost) {
        super.transact(actions);
      }
      if (before <= 0) {
        throw new StoreException("killed");
      }
      return super.transact(actions);
    }
  }
}
