package dev.berth.aws.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusSettingsTest {

  private static final String URL = "http://localhost:4566";

  @Test
  void withoutVariablesEventsGoToTheAccountsOwnBus() {
    assertThat(BusSettings.of(Map.of()))
        .isEqualTo(new BusSettings("default", "dev.berth.ecr", false));
  }

  @Test
  void busAndSourceAreConfigured() {
    assertThat(
            BusSettings.of(
                Map.of("BERTH_EVENT_BUS", "registry", "BERTH_EVENT_SOURCE", "example.registry")))
        .isEqualTo(new BusSettings("registry", "example.registry", false));
  }

  @Test
  void aSourceOfAwsIsRefusedAtOnceAndInWords() {
    assertThatThrownBy(() -> BusSettings.of(Map.of("BERTH_EVENT_SOURCE", "aws.ecr")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "BERTH_EVENT_SOURCE is 'aws.ecr', but EventBridge takes sources that begin with 'aws.'"
                + " from AWS alone: choose another, such as dev.berth.ecr");
  }

  @ParameterizedTest
  @CsvSource({"AWS_ENDPOINT_URL_EVENTBRIDGE", "AWS_ENDPOINT_URL"})
  void aBusThatIsNotAwssMayTakeIt(String variable) {
    var environment = Map.of("BERTH_EVENT_SOURCE", "aws.ecr", variable, URL);

    assertThat(BusSettings.of(environment).source()).isEqualTo("aws.ecr");
  }

  @Test
  void anEndpointThatTheSdkIgnoresIsNone() {
    var environment =
        Map.of(
            "BERTH_EVENT_SOURCE",
            "aws.ecr",
            "AWS_ENDPOINT_URL",
            URL,
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
            "true");

    assertThatThrownBy(() -> BusSettings.of(environment))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"BERTH_EVENT_BUS", "BERTH_EVENT_SOURCE"})
  void anEmptyNameIsRefused(String variable) {
    assertThatThrownBy(() -> BusSettings.of(Map.of(variable, " ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(variable);
  }
}
