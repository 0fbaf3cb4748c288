package dev.berth.registry.gc;

import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import java.time.Clock;
import java.util.Optional;

/**
 * Garbage collection of a deployment that serves clients: when it is due, or somebody asks for it.
 */
public final class CollectionRuns {

  private static final System.Logger LOG = System.getLogger(CollectionRuns.class.getName());

  private final GarbageCollection collection;
  private final CollectionSchedule schedule;

  public CollectionRuns(Table table, Objects objects, Clock clock) {
    var periods = GcPeriods.standard();
    this.collection = new GarbageCollection(table, objects, periods, clock);
    this.schedule = new CollectionSchedule(table, periods, clock);
  }

  /**
   * Collects, if it is time to.
   *
   * @return empty where it is not
   */
  public Optional<Collected> runIfDue() {
    return schedule.isDue() ? Optional.of(run()) : Optional.empty();
  }

  /** Collects now, whatever the time. */
  public Collected run() {
    Collected collected = collection.run();
    schedule.ran(collected);
    LOG.log(System.Logger.Level.DEBUG, "collected: {0}", collected);
    return collected;
  }

  /** Says what runs would free by and by. */
  public Collected dryRun() {
    return collection.dryRun();
  }
}
