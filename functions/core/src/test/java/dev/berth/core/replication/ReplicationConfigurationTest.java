package dev.berth.core.replication;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.core.replication.ReplicationConfiguration.Rule;
import dev.berth.core.replication.ReplicationException.InvalidDestination;
import dev.berth.core.replication.ReplicationException.TooManyDestinations;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicationConfigurationTest {

  private static final Destination SOURCE = new Destination("us-east-1", "123456789012");
  private static final Destination WEST = new Destination("us-west-2", "123456789012");

  private static void check(Rule... rules) {
    new ReplicationConfiguration(List.of(rules)).checkFor(SOURCE);
  }

  private static Rule to(Destination... destinations) {
    return new Rule(List.of(destinations), List.of());
  }

  private static Rule to(int from, int until) {
    return to(
        IntStream.range(from, until)
            .mapToObj(i -> new Destination("us-west-2", "%012d".formatted(i)))
            .toArray(Destination[]::new));
  }

  @Test
  void aRegistryReplicatesToOthersButNotToItself() {
    assertThatCode(() -> check(to(WEST, new Destination("us-east-1", "111122223333"))))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> check(to(WEST, SOURCE)))
        .isInstanceOf(InvalidDestination.class)
        .hasMessage("Replication destination cannot be the same as the source registry");
  }

  @Test
  void aDestinationIsGivenOnceInARule() {
    assertThatCode(() -> check(to(WEST), to(WEST))).doesNotThrowAnyException();
    assertThatThrownBy(() -> check(to(WEST, WEST)))
        .isInstanceOf(InvalidDestination.class)
        .hasMessage(
            "Replication destination 'us-west-2' in registry '123456789012' is given more than"
                + " once in a rule");
  }

  @ParameterizedTest
  @ValueSource(strings = {"us", "west", "us-west", "us-west-", "-1", "1-2-3", "us--1"})
  void aDestinationIsInARegion(String region) {
    assertThatThrownBy(() -> check(to(new Destination(region, "123456789012"))))
        .isInstanceOf(InvalidDestination.class)
        .hasMessageContaining("'" + region + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"us-gov-west-1", "ap-southeast-2", "cn-north-1", "us-iso-east-1"})
  void regionsOfAllPartitionsAreRegions(String region) {
    assertThatCode(() -> check(to(new Destination(region, "123456789012"))))
        .doesNotThrowAnyException();
  }

  @Test
  void allRulesTogetherHaveTwentyFiveDestinations() {
    assertThatCode(() -> check(to(0, 20), to(10, 25))).doesNotThrowAnyException();
    assertThatThrownBy(() -> check(to(0, 20), to(10, 26)))
        .isInstanceOf(TooManyDestinations.class)
        .hasMessageContaining("25");
  }
}
