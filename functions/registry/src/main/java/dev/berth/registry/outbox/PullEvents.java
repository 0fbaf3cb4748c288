package dev.berth.registry.outbox;

import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.outbox.Change.Pulled;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells of pulls, where that is wanted. A pull changes nothing, so there is no transaction that its
 * record could be part of: telling is one write more, and nothing at all where it is not wanted.
 */
public final class PullEvents {

  private static final System.Logger LOG = System.getLogger(PullEvents.class.getName());

  private final Optional<Table> table;
  private final Clock clock;

  private PullEvents(Optional<Table> table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /** By records in the outbox of this table. */
  public static PullEvents in(Table table, Clock clock) {
    return new PullEvents(Optional.of(table), clock);
  }

  /** Of none. */
  public static PullEvents none() {
    return new PullEvents(Optional.empty(), Clock.systemUTC());
  }

  /**
   * Tells of pulls that one request made. A record that cannot be written is no reason to refuse
   * the pull: then nobody hears of it.
   *
   * @param account of the registry
   * @param pulls {@link Table#MOST} at most
   */
  public void tell(String account, RepositoryName name, List<Pulled> pulls) {
    if (!pulls.isEmpty()) {
      table.ifPresent(outbox -> write(outbox, account, name, pulls));
    }
  }

  private void write(Table outbox, String account, RepositoryName name, List<Pulled> pulls) {
    Instant now = clock.instant();
    List<Action> records =
        pulls.stream()
            .map(pull -> new OutboxRecord(account, name, pull, now).toldAnywhere())
            .toList();
    try {
      outbox.transact(records);
    } catch (StoreException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "%d pulls from %s will not be told".formatted(pulls.size(), name),
          e);
    }
  }
}
