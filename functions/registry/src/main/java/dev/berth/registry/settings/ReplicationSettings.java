package dev.berth.registry.settings;

import dev.berth.core.replication.DatedConfiguration;
import dev.berth.core.replication.ReplicationConfiguration;
import dev.berth.registry.identity.ServiceLinkedRoles;
import dev.berth.registry.identity.ServiceLinkedRoles.Mark;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * The replication configurations of the registries of one region.
 *
 * <p>While a registry replicates, the account has the service-linked role, and the role is marked
 * as in use by the region (guide, "Using service-linked roles for Amazon ECR"). The role is in the
 * home region's table and the configuration in this region's, so no transaction covers both. The
 * mark is therefore set before rules are written, and taken away after they are gone: who crashes
 * between the two leaves a mark too many, never one too few, and the next configuration that is put
 * in the region mends it. Of two that are put at once, the one that read first what the other wrote
 * begins anew, and it takes away no mark but the one that was there before it wrote.
 */
public final class ReplicationSettings {

  private static final String RULES = "rules";
  private static final String SINCE = "since";
  private static final String VERSION = "version";

  private final Table table;
  private final ServiceLinkedRoles roles;
  private final Clock clock;

  /**
   * @param clock that also says when images are pushed
   */
  public ReplicationSettings(Table table, ServiceLinkedRoles roles, Clock clock) {
    this.table = table;
    this.roles = roles;
    this.clock = clock;
  }

  /** What is configured: without rules where nothing is. */
  public ReplicationConfiguration find(String account) {
    return findDated(account).configuration();
  }

  /** The same, and since when. */
  public DatedConfiguration findDated(String account) {
    return read(item(account));
  }

  private static DatedConfiguration read(Optional<Item> item) {
    return item.map(
            it ->
                new DatedConfiguration(
                    ReplicationJson.read(it.text(RULES)),
                    it.optionalText(SINCE).map(ReplicationJson::readTimes).orElse(Map.of())))
        .orElseGet(DatedConfiguration::none);
  }

  /**
   * Configures a registry, in place of what is configured.
   *
   * @param region this region
   * @param configuration checked; without rules to stop replicating
   */
  public void put(String account, String region, ReplicationConfiguration configuration) {
    boolean done = false;
    while (!done) {
      done =
          configuration.replicates()
              ? tryStart(account, region, configuration)
              : tryStop(account, region, configuration);
    }
  }

  private boolean tryStart(String account, String region, ReplicationConfiguration configuration) {
    Optional<Item> before = item(account);
    roles.markReplicating(account, region);
    return write(account, configuration, before);
  }

  private boolean tryStop(String account, String region, ReplicationConfiguration configuration) {
    Optional<Item> before = item(account);
    Optional<Mark> mark = roles.mark(account, region);
    boolean written = write(account, configuration, before);
    if (written) {
      mark.ifPresent(roles::unmark);
    }
    return written;
  }

  private boolean write(
      String account, ReplicationConfiguration configuration, Optional<Item> before) {
    long version = before.map(item -> item.number(VERSION)).orElse(0L);
    Condition unchanged =
        before.isPresent() ? Condition.equal(VERSION, version) : Condition.absent();
    DatedConfiguration dated = read(before).replaced(configuration, clock.instant());
    Item item =
        Item.at(key(account))
            .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
            .text(RULES, ReplicationJson.write(configuration))
            .text(SINCE, ReplicationJson.writeTimes(dated.since()))
            .number(VERSION, version + 1)
            .build();
    return table.transact(Action.put(item, unchanged)).committed();
  }

  private Optional<Item> item(String account) {
    return table.get(key(account), Consistency.STRONG);
  }

  private static Key key(String account) {
    return Keys.replication(account);
  }
}
