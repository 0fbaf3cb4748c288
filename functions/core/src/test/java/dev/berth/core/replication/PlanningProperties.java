package dev.berth.core.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.RepositoryName;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.core.replication.ReplicationConfiguration.FilterType;
import dev.berth.core.replication.ReplicationConfiguration.RepositoryFilter;
import dev.berth.core.replication.ReplicationConfiguration.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of where pushes go, for any rules. */
class PlanningProperties {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  @Property
  void aDestinationIsThereOnceIfAnyRuleThatCoversTheRepositoryHasIt(
      @ForAll("configurations") ReplicationConfiguration configuration,
      @ForAll("repositories") RepositoryName repository) {
    Set<Destination> expected = new HashSet<>();
    for (Rule rule : configuration.rules()) {
      boolean covered = rule.repositoryFilters().isEmpty();
      for (RepositoryFilter filter : rule.repositoryFilters()) {
        covered |= repository.value().startsWith(filter.filter());
      }
      if (covered) {
        expected.addAll(rule.destinations());
      }
    }

    assertThat(configuration.destinationsOf(repository))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Property
  void theOrderOfRulesDoesNotMatter(
      @ForAll("configurations") ReplicationConfiguration configuration,
      @ForAll("repositories") RepositoryName repository) {
    List<Rule> reversed = new ArrayList<>(configuration.rules());
    Collections.reverse(reversed);

    assertThat(new ReplicationConfiguration(reversed).destinationsOf(repository))
        .isEqualTo(configuration.destinationsOf(repository));
  }

  @Property
  void oneMoreRuleTakesNoDestinationAway(
      @ForAll("configurations") ReplicationConfiguration configuration,
      @ForAll("rules") Rule more,
      @ForAll("repositories") RepositoryName repository) {
    List<Rule> rules = new ArrayList<>(configuration.rules());
    rules.add(more);

    assertThat(new ReplicationConfiguration(rules).destinationsOf(repository))
        .containsAll(configuration.destinationsOf(repository));
  }

  @Property
  void whatWasPushedBeforeADestinationCameDoesNotGoThere(
      @ForAll("configurations") ReplicationConfiguration first,
      @ForAll("configurations") ReplicationConfiguration second,
      @ForAll("repositories") RepositoryName repository) {
    DatedConfiguration now =
        DatedConfiguration.none().replaced(first, T).replaced(second, T.plusSeconds(60));
    Set<Destination> there = all(first);

    Set<Destination> between = now.destinationsOf(repository, T.plusSeconds(30));
    Set<Destination> after = now.destinationsOf(repository, T.plusSeconds(60));

    assertThat(now.destinationsOf(repository, T.minusSeconds(1))).isEmpty();
    assertThat(between).isSubsetOf(there).isSubsetOf(after);
    assertThat(after).isEqualTo(second.destinationsOf(repository));
    // one that stays keeps its time
    after.retainAll(there);
    assertThat(after).isEqualTo(between);
  }

  private static Set<Destination> all(ReplicationConfiguration configuration) {
    Set<Destination> all = new HashSet<>();
    configuration.rules().forEach(rule -> all.addAll(rule.destinations()));
    return all;
  }

  @Provide
  Arbitrary<ReplicationConfiguration> configurations() {
    return rules().list().ofMaxSize(5).map(ReplicationConfiguration::new);
  }

  @Provide
  Arbitrary<Rule> rules() {
    Arbitrary<Destination> destination =
        Combinators.combine(
                Arbitraries.of("us-east-1", "us-west-2", "eu-west-1"),
                Arbitraries.of("111122223333", "444455556666"))
            .as(Destination::new);
    Arbitrary<RepositoryFilter> filter =
        Arbitraries.of("prod", "prod-", "prod-a", "team/", "dev")
            .map(text -> new RepositoryFilter(text, FilterType.PREFIX_MATCH));
    return Combinators.combine(destination.list().ofMaxSize(4), filter.list().ofMaxSize(3))
        .as(Rule::new);
  }

  @Provide
  Arbitrary<RepositoryName> repositories() {
    return Arbitraries.of("prod", "prod-a", "prod-b/web", "team/prod-a", "dev", "other")
        .map(RepositoryName::new);
  }
}
