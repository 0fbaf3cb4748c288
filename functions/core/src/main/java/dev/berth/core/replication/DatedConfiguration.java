package dev.berth.core.replication;

import dev.berth.core.oci.RepositoryName;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A replication configuration, and since when each destination has been in it: only what is pushed
 * after that goes there (guide, "Private image replication").
 *
 * @param since in whole milliseconds; a destination that is not named was always there
 */
public record DatedConfiguration(
    ReplicationConfiguration configuration, Map<Destination, Instant> since) {

  public DatedConfiguration {
    since = Map.copyOf(since);
  }

  /** What a registry has that was never configured. */
  public static DatedConfiguration none() {
    return new DatedConfiguration(ReplicationConfiguration.none(), Map.of());
  }

  /**
   * With another configuration in place of this one. A destination that stays keeps its time,
   * whichever rules name it; one that goes and comes back has a new one.
   */
  public DatedConfiguration replaced(ReplicationConfiguration by, Instant at) {
    Instant now = at.truncatedTo(ChronoUnit.MILLIS);
    Map<Destination, Instant> times = new HashMap<>();
    Set<Destination> before = all(configuration);
    for (Destination destination : all(by)) {
      Instant kept =
          before.contains(destination) ? since.getOrDefault(destination, Instant.EPOCH) : now;
      // one that is still to come is of a clock that was set
      times.put(destination, kept.isBefore(now) ? kept : now);
    }
    return new DatedConfiguration(by, times);
  }

  private static Set<Destination> all(ReplicationConfiguration configuration) {
    Set<Destination> all = new LinkedHashSet<>();
    configuration.rules().forEach(rule -> all.addAll(rule.destinations()));
    return all;
  }

  /**
   * Where an image goes that was pushed to a repository.
   *
   * @param pushedAt as its event says, so in whole seconds: what was pushed within the second in
   *     which a destination was configured goes there
   */
  public Set<Destination> destinationsOf(RepositoryName repository, Instant pushedAt) {
    Set<Destination> destinations = configuration.destinationsOf(repository);
    destinations.removeIf(destination -> pushedAt.isBefore(secondOf(destination)));
    return destinations;
  }

  private Instant secondOf(Destination destination) {
    return since.getOrDefault(destination, Instant.EPOCH).truncatedTo(ChronoUnit.SECONDS);
  }
}
