package dev.berth.registry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.replication.ReplicationConfiguration;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.core.replication.ReplicationConfiguration.FilterType;
import dev.berth.core.replication.ReplicationConfiguration.RepositoryFilter;
import dev.berth.core.replication.ReplicationConfiguration.Rule;
import dev.berth.registry.identity.RoleDeletion;
import dev.berth.registry.identity.ServiceLinkedRole;
import dev.berth.registry.identity.ServiceLinkedRoles;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two regions of an account, and the role that both use. */
class ReplicationSettingsTest {

  private static final String ACCOUNT = "123456789012";
  private static final String EAST = "us-east-1";
  private static final String WEST = "us-west-2";

  private static final ReplicationConfiguration NONE = ReplicationConfiguration.none();
  private static final ReplicationConfiguration TO_EUROPE =
      new ReplicationConfiguration(
          List.of(
              new Rule(
                  List.of(new Destination("eu-west-1", ACCOUNT)),
                  List.of(new RepositoryFilter("prod-", FilterType.PREFIX_MATCH)))));

  private final Table home = new MemoryTable();
  private final Table west = new MemoryTable();
  private final ServiceLinkedRoles roles = new ServiceLinkedRoles(home, Clock.systemUTC());
  private Instant now = Instant.parse("2026-01-01T12:00:00.123Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final ReplicationSettings inEast = settings(home);
  private final ReplicationSettings inWest = settings(west);

  private ReplicationSettings settings(Table table) {
    return new ReplicationSettings(table, roles, clock);
  }

  private boolean hasRole() {
    return roles.find(ACCOUNT, ServiceLinkedRole.ECR_REPLICATION).isPresent();
  }

  private RoleDeletion deleteRole() {
    return roles.delete(ACCOUNT, ServiceLinkedRole.ECR_REPLICATION).orElseThrow();
  }

  @Test
  void theRoleIsMadeWithTheFirstRule() {
    inWest.put(ACCOUNT, WEST, NONE);
    assertThat(hasRole()).isFalse();

    inWest.put(ACCOUNT, WEST, TO_EUROPE);

    assertThat(inWest.find(ACCOUNT)).isEqualTo(TO_EUROPE);
    assertThat(hasRole()).isTrue();
  }

  @Test
  void eachRegionIsConfiguredForItself() {
    inWest.put(ACCOUNT, WEST, TO_EUROPE);

    assertThat(inEast.find(ACCOUNT)).isEqualTo(NONE);
    assertThat(inWest.find("111122223333")).isEqualTo(NONE);
  }

  @Test
  void aDestinationIsKeptWithTheTimeOfWhichItIs() {
    inWest.put(ACCOUNT, WEST, TO_EUROPE);
    Instant first = now;
    now = now.plusSeconds(60);
    inWest.put(ACCOUNT, WEST, TO_EUROPE);

    assertThat(inWest.findDated(ACCOUNT).since())
        .isEqualTo(Map.of(new Destination("eu-west-1", ACCOUNT), first));

    inWest.put(ACCOUNT, WEST, NONE);
    inWest.put(ACCOUNT, WEST, TO_EUROPE);

    assertThat(inWest.findDated(ACCOUNT).since().values()).containsExactly(now);
  }

  @Test
  void theRoleIsDeletedWhenNoRegionReplicates() {
    inEast.put(ACCOUNT, EAST, TO_EUROPE);
    inWest.put(ACCOUNT, WEST, TO_EUROPE);
    assertThat(deleteRole().regionsUsing()).containsExactly(EAST, WEST);
    inEast.put(ACCOUNT, EAST, NONE);
    assertThat(deleteRole().regionsUsing()).containsExactly(WEST);
    inWest.put(ACCOUNT, WEST, NONE);

    assertThat(deleteRole().succeeded()).isTrue();
    assertThat(hasRole()).isFalse();
  }

  @Test
  void theRoleIsMadeAnewAfterItWasDeleted() {
    inEast.put(ACCOUNT, EAST, TO_EUROPE);
    inEast.put(ACCOUNT, EAST, NONE);
    deleteRole();

    inEast.put(ACCOUNT, EAST, TO_EUROPE);

    assertThat(deleteRole().regionsUsing()).containsExactly(EAST);
  }

  @Test
  void aCrashBeforeTheRulesAreWrittenLeavesTheRoleInUseUntilTheNextPut() {
    var crashing = settings(crashingAtWrites(west));
    assertThatThrownBy(() -> crashing.put(ACCOUNT, WEST, TO_EUROPE))
        .isInstanceOf(StoreException.class);
    assertThat(inWest.find(ACCOUNT)).isEqualTo(NONE);
    assertThat(deleteRole().regionsUsing()).containsExactly(WEST);

    inWest.put(ACCOUNT, WEST, NONE);

    assertThat(deleteRole().succeeded()).isTrue();
  }

  @Test
  void aCrashAfterTheRulesAreGoneLeavesTheRoleInUseUntilTheNextPut() {
    inWest.put(ACCOUNT, WEST, TO_EUROPE);
    var crashing =
        new ReplicationSettings(
            west, new ServiceLinkedRoles(crashingAtWrites(home), Clock.systemUTC()), clock);
    assertThatThrownBy(() -> crashing.put(ACCOUNT, WEST, NONE)).isInstanceOf(StoreException.class);
    assertThat(inWest.find(ACCOUNT)).isEqualTo(NONE);
    assertThat(deleteRole().regionsUsing()).containsExactly(WEST);

    inWest.put(ACCOUNT, WEST, NONE);

    assertThat(deleteRole().succeeded()).isTrue();
  }

  private static Table crashingAtWrites(Table table) {
    return interposed(
        table,
        () -> {
          throw new StoreException("crashed");
        });
  }

  /** A table on which this happens once, before the first write. */
  private static Table interposed(Table table, Runnable what) {
    var interposed = new InterposedTable(table);
    interposed.before(any -> true, what);
    return interposed;
  }

  /** Whoever of two is in between the other's writes, rules that are there have their mark. */
  @Test
  void aRegionThatBeginsWhileItCeasesKeepsTheRole() {
    inWest.put(ACCOUNT, WEST, TO_EUROPE);
    interleaved(NONE, TO_EUROPE);
    assertThat(inWest.find(ACCOUNT)).isEqualTo(NONE);
    assertThat(deleteRole().succeeded()).isTrue();
  }

  @Test
  void aRegionThatCeasesWhileItBeginsKeepsTheRole() {
    inWest.put(ACCOUNT, WEST, TO_EUROPE);
    interleaved(TO_EUROPE, NONE);
    assertThat(inWest.find(ACCOUNT)).isEqualTo(TO_EUROPE);
    assertThat(deleteRole().regionsUsing()).containsExactly(WEST);
  }

  /** Puts one configuration, and the other just before the first writes it. */
  private void interleaved(ReplicationConfiguration outer, ReplicationConfiguration inner) {
    Table interrupted = interposed(west, () -> inWest.put(ACCOUNT, WEST, inner));
    settings(interrupted).put(ACCOUNT, WEST, outer);
  }

  @Test
  void aRoleThatIsTakenIntoUseWhileItIsDeletedStays() {
    inWest.put(ACCOUNT, WEST, TO_EUROPE);
    inWest.put(ACCOUNT, WEST, NONE);
    Table interrupted = interposed(home, () -> inWest.put(ACCOUNT, WEST, TO_EUROPE));

    RoleDeletion deletion =
        new ServiceLinkedRoles(interrupted, Clock.systemUTC())
            .delete(ACCOUNT, ServiceLinkedRole.ECR_REPLICATION)
            .orElseThrow();

    assertThat(deletion.regionsUsing()).containsExactly(WEST);
    assertThat(hasRole()).isTrue();
  }

  @Test
  void rulesThatAreThereHaveTheirMarkWhoeverWasFirst() throws Exception {
    List<Runnable> racers =
        List.of(
            () -> inWest.put(ACCOUNT, WEST, TO_EUROPE),
            () -> inWest.put(ACCOUNT, WEST, NONE),
            () -> inWest.put(ACCOUNT, WEST, TO_EUROPE),
            () -> roles.delete(ACCOUNT, ServiceLinkedRole.ECR_REPLICATION));
    try (var threads = Executors.newFixedThreadPool(racers.size())) {
      for (int round = 0; round < 200; round++) {
        List<Future<?>> running = new ArrayList<>();
        for (Runnable racer : racers) {
          running.add(threads.submit(racer));
        }
        for (Future<?> racer : running) {
          racer.get();
        }
        assertThat(inWest.find(ACCOUNT).replicates() && roles.mark(ACCOUNT, WEST).isEmpty())
            .as("the region replicates without a mark")
            .isFalse();
      }
    }
  }
}
