package dev.berth.core.replication;

import dev.berth.core.oci.RepositoryName;
import dev.berth.core.replication.ReplicationException.InvalidDestination;
import dev.berth.core.replication.ReplicationException.TooManyDestinations;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * To where a registry replicates the images that are pushed to it (guide, "Private registry
 * settings"). How many rules, destinations and filters there are, and their patterns, is the wire
 * model's to say; this holds what the members must be to each other.
 *
 * @param rules none where nothing is replicated
 */
public record ReplicationConfiguration(List<Rule> rules) {

  /** Different destinations of all rules together (guide, "Amazon ECR service quotas"). */
  public static final int MOST_DESTINATIONS = 25;

  /** As regions are named: {@code us-east-1}, {@code us-gov-west-1}. */
  private static final Pattern REGION = Pattern.compile("[a-z]{2,}(?:-[a-z]+)+-[0-9]+");

  public ReplicationConfiguration {
    rules = List.copyOf(rules);
  }

  /** What a registry has that was never configured. */
  public static ReplicationConfiguration none() {
    return new ReplicationConfiguration(List.of());
  }

  /** Whether the registry replicates, be it to nowhere yet. */
  public boolean replicates() {
    return !rules.isEmpty();
  }

  /**
   * Where the images of some repositories go.
   *
   * @param repositoryFilters none for all repositories, else one of them must match
   */
  public record Rule(List<Destination> destinations, List<RepositoryFilter> repositoryFilters) {
    public Rule {
      destinations = List.copyOf(destinations);
      repositoryFilters = List.copyOf(repositoryFilters);
    }

    private boolean covers(RepositoryName repository) {
      return repositoryFilters.isEmpty()
          || repositoryFilters.stream().anyMatch(filter -> filter.matches(repository));
    }
  }

  /**
   * A registry.
   *
   * @param registryId the registry's account
   */
  public record Destination(String region, String registryId) {}

  /**
   * @param filter for {@code PREFIX_MATCH}, what the repository's name begins with
   */
  public record RepositoryFilter(String filter, FilterType filterType) {

    private boolean matches(RepositoryName repository) {
      return switch (filterType) {
        case PREFIX_MATCH -> repository.value().startsWith(filter);
      };
    }
  }

  /** How a filter matches. */
  public enum FilterType {
    PREFIX_MATCH
  }

  /** Whether a rule has the destination, for whichever repositories. */
  public boolean names(Destination destination) {
    return rules.stream().anyMatch(rule -> rule.destinations().contains(destination));
  }

  /** Where the images of a repository go: those of all rules that cover it, each once. */
  public Set<Destination> destinationsOf(RepositoryName repository) {
    return rules.stream()
        .filter(rule -> rule.covers(repository))
        .flatMap(rule -> rule.destinations().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * @param source the registry whose configuration it is
   * @throws ReplicationException if it is not one that this registry can have
   */
  public void checkFor(Destination source) {
    Set<Destination> all = new HashSet<>();
    for (Rule rule : rules) {
      Set<Destination> ofRule = new HashSet<>();
      for (Destination destination : rule.destinations()) {
        check(destination, source);
        if (!ofRule.add(destination)) {
          throw new InvalidDestination(
              "Replication destination '%s' in registry '%s' is given more than once in a rule"
                  .formatted(destination.region(), destination.registryId()));
        }
      }
      all.addAll(ofRule);
    }
    if (all.size() > MOST_DESTINATIONS) {
      throw new TooManyDestinations(MOST_DESTINATIONS);
    }
  }

  private static void check(Destination destination, Destination source) {
    if (!REGION.matcher(destination.region()).matches()) {
      throw new InvalidDestination(
          "Replication destination region '%s' is not a region".formatted(destination.region()));
    }
    if (destination.equals(source)) {
      throw new InvalidDestination(
          "Replication destination cannot be the same as the source registry");
    }
  }
}
