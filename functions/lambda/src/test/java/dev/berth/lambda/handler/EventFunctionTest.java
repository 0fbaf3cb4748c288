package dev.berth.lambda.handler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFunctionTest {

  private final List<JsonNode> handled = new ArrayList<>();

  private JsonNode handled(String event) throws IOException {
    invoke(new EventFunction(handled::add), event);
    return handled.removeLast();
  }

  private static void invoke(EventFunction function, String event) throws IOException {
    var in = new ByteArrayInputStream(event.getBytes(UTF_8));
    function.handleRequest(in, OutputStream.nullOutputStream(), null);
  }

  @Test
  void theAccountIsThatOfTheRegistryAndNotThatOfTheBus() throws IOException {
    String event =
        """
        {"account": "999988887777", "resources":
          ["arn:aws:ecr:us-east-1:123456789012:repository/*"], "detail": {}}
        """;

    assertThat(handled(event).get("account").textValue()).isEqualTo("123456789012");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[7]",
        "{}",
        "\"arn:aws:ecr:us-east-1:123456789012:repository/app\"",
        "[\"arn:aws:events:us-east-1:123456789012:rule/sweep\"]",
        "[\"arn:aws:ecr:us-east-1:1:repository/app\"]"
      })
  void whereNoResourceNamesTheRegistryTheEventIsAsItCame(String resources) throws IOException {
    String event = "{\"account\":\"999988887777\",\"resources\":%s}".formatted(resources);

    assertThat(handled(event)).hasToString(event);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "[]", "{}"})
  void whatIsNoEventIsTheFunctionsToJudge(String event) throws IOException {
    assertThat(handled(event)).hasToString(event);
  }

  @Test
  void whatTheFunctionThrowsFailsTheInvocation() {
    var function =
        new EventFunction(
            event -> {
              throw new IllegalStateException("later");
            });

    assertThatThrownBy(() -> invoke(function, "{}")).hasMessage("later");
  }
}
