package dev.berth.core.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.RepositoryName;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.core.replication.ReplicationConfiguration.FilterType;
import dev.berth.core.replication.ReplicationConfiguration.RepositoryFilter;
import dev.berth.core.replication.ReplicationConfiguration.Rule;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatedConfigurationTest {

  private static final RepositoryName APP = new RepositoryName("prod-app");
  private static final Destination WEST = new Destination("us-west-2", "111122223333");
  private static final Instant PUT = Instant.parse("2026-01-01T12:00:00.700Z");

  private static ReplicationConfiguration toWest(String... prefixes) {
    List<RepositoryFilter> filters =
        Arrays.stream(prefixes)
            .map(prefix -> new RepositoryFilter(prefix, FilterType.PREFIX_MATCH))
            .toList();
    return new ReplicationConfiguration(List.of(new Rule(List.of(WEST), filters)));
  }

  @Test
  void onlyPushesAfterItWasConfiguredGo() {
    DatedConfiguration dated = DatedConfiguration.none().replaced(toWest(), PUT);

    assertThat(dated.destinationsOf(APP, Instant.parse("2026-01-01T11:59:59Z"))).isEmpty();
    assertThat(dated.destinationsOf(APP, Instant.parse("2026-01-01T12:00:01Z")))
        .containsExactly(WEST);
  }

  /**
   * An event's time is cut to the second: a push right after the configuration must not be lost.
   */
  @Test
  void aPushWithinTheSecondGoes() {
    DatedConfiguration dated = DatedConfiguration.none().replaced(toWest(), PUT);

    assertThat(dated.destinationsOf(APP, Instant.parse("2026-01-01T12:00:00Z")))
        .containsExactly(WEST);
  }

  @Test
  void theSameConfigurationPutAgainChangesNothing() {
    DatedConfiguration dated = DatedConfiguration.none().replaced(toWest(), PUT);

    assertThat(dated.replaced(toWest(), PUT.plusSeconds(60))).isEqualTo(dated);
  }

  @Test
  void aDestinationKeepsItsTimeWhileItsFiltersChange() {
    DatedConfiguration dated =
        DatedConfiguration.none()
            .replaced(toWest(), PUT)
            .replaced(toWest("prod-"), PUT.plusSeconds(60));

    assertThat(dated.since()).isEqualTo(Map.of(WEST, PUT));
    assertThat(dated.destinationsOf(new RepositoryName("dev-app"), PUT.plusSeconds(61))).isEmpty();
  }

  @Test
  void aDestinationThatComesBackBeginsAnew() {
    DatedConfiguration dated =
        DatedConfiguration.none()
            .replaced(toWest(), PUT)
            .replaced(ReplicationConfiguration.none(), PUT.plusSeconds(60))
            .replaced(toWest(), PUT.plusSeconds(120));

    assertThat(dated.since()).isEqualTo(Map.of(WEST, PUT.plusSeconds(120)));
  }

  @Test
  void aTimeOfAClockThatWasSetIsMendedByTheNextPut() {
    DatedConfiguration dated =
        DatedConfiguration.none()
            .replaced(toWest(), PUT.plusSeconds(1_000_000))
            .replaced(toWest(), PUT);

    assertThat(dated.since()).isEqualTo(Map.of(WEST, PUT));
  }

  @Test
  void aConfigurationOfBeforeTimesWereKeptIsOfAlways() {
    var dated = new DatedConfiguration(toWest(), Map.of());

    assertThat(dated.destinationsOf(APP, Instant.EPOCH)).containsExactly(WEST);
    assertThat(dated.replaced(toWest(), PUT).destinationsOf(APP, Instant.EPOCH))
        .containsExactly(WEST);
  }
}
