package dev.berth.lambda.ecr;

import dev.berth.core.replication.ReplicationConfiguration;
import dev.berth.core.replication.ReplicationConfiguration.FilterType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** ECR's ReplicationConfiguration. */
record ReplicationDocument(List<Rule> rules) {

  private static final String RULES = "replicationConfiguration.rules";
  private static final String DESTINATIONS = RULES + ".destinations";
  private static final String FILTERS = RULES + ".repositoryFilters";

  private static final Pattern REGION = Pattern.compile("[0-9a-z-]{2,25}");
  private static final Pattern FILTER =
      Pattern.compile("^(?:[a-z0-9]+(?:[._-][a-z0-9]*)*/)*[a-z0-9]*(?:[._-][a-z0-9]*)*$");

  ReplicationDocument {
    rules = Constraints.list(RULES, rules, 0, 10);
  }

  /** ECR's ReplicationRule. */
  record Rule(List<Destination> destinations, Optional<List<Filter>> repositoryFilters) {
    Rule {
      destinations = Constraints.list(DESTINATIONS, destinations, 0, 100);
      repositoryFilters =
          repositoryFilters.map(filters -> Constraints.list(FILTERS, filters, 1, 100));
    }
  }

  /** ECR's ReplicationDestination. */
  record Destination(String region, String registryId) {
    Destination {
      Constraints.pattern(DESTINATIONS + ".region", region, REGION);
      Constraints.registryId(DESTINATIONS + ".registryId", registryId);
    }
  }

  /** ECR's RepositoryFilter. */
  record Filter(String filter, String filterType) {
    Filter {
      Constraints.length(FILTERS + ".filter", filter, 2, 256);
      Constraints.pattern(FILTERS + ".filter", filter, FILTER);
      Constraints.oneOf(FILTERS + ".filterType", filterType, FilterType.class);
    }
  }

  static ReplicationDocument of(ReplicationConfiguration configuration) {
    return new ReplicationDocument(
        configuration.rules().stream().map(ReplicationDocument::of).toList());
  }

  private static Rule of(ReplicationConfiguration.Rule rule) {
    return new Rule(
        rule.destinations().stream()
            .map(to -> new Destination(to.region(), to.registryId()))
            .toList(),
        Optional.of(
                rule.repositoryFilters().stream()
                    .map(filter -> new Filter(filter.filter(), filter.filterType().name()))
                    .toList())
            .filter(filters -> !filters.isEmpty()));
  }

  ReplicationConfiguration configuration() {
    return new ReplicationConfiguration(
        rules.stream().map(ReplicationDocument::configured).toList());
  }

  private static ReplicationConfiguration.Rule configured(Rule rule) {
    return new ReplicationConfiguration.Rule(
        rule.destinations().stream()
            .map(to -> new ReplicationConfiguration.Destination(to.region(), to.registryId()))
            .toList(),
        rule.repositoryFilters().orElse(List.of()).stream()
            .map(
                filter ->
                    new ReplicationConfiguration.RepositoryFilter(
                        filter.filter(), FilterType.valueOf(filter.filterType())))
            .toList());
  }
}
