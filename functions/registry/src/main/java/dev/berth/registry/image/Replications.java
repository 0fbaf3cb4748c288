package dev.berth.registry.image;

import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Table;
import java.time.Clock;

/** What is kept of replications. */
public record Replications(
    ReplicationRecords records, AttemptRecords attempts, OpenReplications open) {

  public static Replications over(Table table, RepositoryReader repositories, Clock clock) {
    return new Replications(
        new ReplicationRecords(table, repositories, clock),
        new AttemptRecords(table, repositories, clock),
        new OpenReplications(table, clock));
  }
}
