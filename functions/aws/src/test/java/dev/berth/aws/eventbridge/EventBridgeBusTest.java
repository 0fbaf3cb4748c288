package dev.berth.aws.eventbridge;

import static dev.berth.aws.eventbridge.SampleEvents.push;
import static dev.berth.aws.eventbridge.SampleEvents.pushes;
import static dev.berth.aws.eventbridge.SampleEvents.request;
import static dev.berth.aws.eventbridge.SampleEvents.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.aws.eventbridge.ScriptedEventBridge.Failure;
import dev.berth.aws.retry.Backoff;
import dev.berth.core.trigger.FunctionRequest;
import dev.berth.events.EcrEvent;
import dev.berth.events.EcrEvents;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

class EventBridgeBusTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ScriptedEventBridge server;
  private EventBridgeClient client;
  private EventBridgeBus bus;
  private int pauses;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedEventBridge();
    client = server.client();
    var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 3, any -> pauses++);
    bus = new EventBridgeBus(client, new BusSettings("registry", "dev.berth.ecr", false), backoff);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void anEventIsPutWithItsOwnDetailAndTime() throws IOException {
    EcrEvent event = push("v1");

    assertThat(bus.publish(List.of(event))).isEmpty();

    JsonNode entry = server.requests().getFirst().getFirst();
    assertThat(entry.get("EventBusName").textValue()).isEqualTo("registry");
    assertThat(entry.get("Source").textValue()).isEqualTo("dev.berth.ecr");
    assertThat(entry.get("DetailType").textValue()).isEqualTo("ECR Image Action");
    assertThat(Instant.ofEpochSecond(entry.get("Time").longValue())).isEqualTo(SampleEvents.TIME);
    assertThat(JSON.readTree(entry.get("Detail").textValue()))
        .isEqualTo(JSON.readTree(EcrEvents.write(event)).get("detail"));
  }

  @Test
  void theRegistryIsNamedByTheResources() {
    bus.publish(List.of(push("v1"), scan(200)));
    bus.ask(List.of(request("team/app")));

    assertThat(server.requests().stream().flatMap(List::stream))
        .extracting(entry -> entry.at("/Resources/0").textValue())
        .containsExactly(
            "arn:aws:ecr:eu-west-1:210987654321:repository/team/app",
            "arn:aws:ecr:eu-west-1:210987654321:repository/team/app",
            "arn:aws:ecr:eu-west-1:210987654321:repository/*");
  }

  @Test
  void nothingIsPutForNothing() {
    assertThat(bus.publish(List.of())).isEmpty();
    bus.ask(List.of());

    assertThat(server.requests()).isEmpty();
  }

  @Test
  void tenEventsGoInARequestInTheirOrder() {
    bus.publish(pushes(23));

    assertThat(server.requests()).extracting(List::size).containsExactly(10, 10, 3);
    assertThat(server.requests().stream().flatMap(List::stream).map(EventBridgeBusTest::tag))
        .containsExactlyElementsOf(IntStream.range(0, 23).mapToObj(i -> "t" + i).toList());
  }

  @Test
  void largeEventsGoInRequestsOfTheirOwn() {
    bus.publish(List.of(push("a"), scan(200_000), scan(200_000), push("b"), scan(900_000)));

    assertThat(server.requests()).extracting(List::size).containsExactly(2, 2, 1);
  }

  @Test
  void anEventThatIsTooLargeIsRefusedAndTheOthersAreTaken() {
    Map<Integer, String> refused =
        bus.publish(List.of(push("a"), scan(Batches.ENTRY_BYTES + 10_000), push("b")));

    assertThat(refused).containsOnlyKeys(1);
    assertThat(refused.get(1)).startsWith("EntryTooLarge: the event has 10");
    assertThat(server.requests()).extracting(List::size).containsExactly(2);
  }

  @Test
  void entriesThatFailAreRefusedByTheirPositionsWithTheReason() {
    server.refuses(
        entry -> Optional.of("ThrottlingException").filter(any -> tag(entry).endsWith("1")));

    assertThat(bus.publish(pushes(23)))
        .containsOnlyKeys(1, 11, 21)
        .containsValue("ThrottlingException: as scripted");
  }

  @Test
  void anEntryWithoutAResultCountsAsRefused() {
    server.forgetsResults();

    assertThat(bus.publish(pushes(2))).containsOnlyKeys(0, 1);
  }

  @Test
  void oneInvalidEntryDoesNotKeepTheOthersOfItsRequestBack() {
    server.failsRequests(
        entries ->
            Optional.of(new Failure(400, "ValidationException"))
                .filter(any -> entries.stream().anyMatch(entry -> tag(entry).equals("t3"))));

    assertThat(bus.publish(pushes(12))).isEqualTo(Map.of(3, "ValidationException: as scripted"));
    assertThat(server.requests()).extracting(List::size).startsWith(10, 1, 1).endsWith(2);
  }

  @Test
  void aBusThatTakesNothingIsAnErrorAndAskedOnce() {
    server.failsRequests(any -> Optional.of(new Failure(400, "AccessDeniedException")));

    assertThatThrownBy(() -> bus.publish(pushes(30)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("as scripted");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aBusThatIsDownIsAnError() {
    server.close();

    assertThatThrownBy(() -> bus.publish(pushes(30))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> bus.ask(List.of(request("app"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 of 1 requests")
        .hasCauseInstanceOf(RuntimeException.class);
    assertThat(pauses).isZero();
  }

  @Test
  void whatWasTakenBeforeTheBusWentDownIsNotPublishedAgain() {
    server.failsRequests(
        entries ->
            Optional.of(new Failure(500, "InternalException"))
                .filter(any -> tag(entries.getFirst()).equals("t10")));

    assertThat(bus.publish(pushes(30)))
        .containsOnlyKeys(IntStream.range(10, 30).boxed().toArray(Integer[]::new));
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void requestsThatAreThrottledAreAskedAgainAlone() {
    server.refuses(
        any ->
            server.requests().size() > 2 ? Optional.empty() : Optional.of("ThrottlingException"));
    List<FunctionRequest> requests =
        IntStream.range(0, 12).mapToObj(i -> request("app" + i)).toList();

    bus.ask(requests);

    assertThat(pauses).isEqualTo(1);
    assertThat(server.requests()).extracting(List::size).containsExactly(10, 2, 10, 2);
  }

  @Test
  void requestsThatStayThrottledAreAnError() {
    server.refuses(
        entry ->
            entry.get("Detail").textValue().contains("app1")
                ? Optional.of("ThrottlingException")
                : Optional.empty());

    assertThatThrownBy(() -> bus.ask(List.of(request("app0"), request("app1"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("EventBridge did not take 1 of 2 requests: ThrottlingException: as scripted");
    assertThat(pauses).isEqualTo(3);
    assertThat(server.requests()).extracting(List::size).containsExactly(2, 1, 1, 1);
  }

  @Test
  void requestsThatWillNeverBeTakenAreNotTriedAgain() {
    server.refuses(any -> Optional.of("NotAuthorizedForSourceException"));

    assertThatThrownBy(() -> bus.ask(List.of(request("app"))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(pauses).isZero();
  }

  private static String tag(JsonNode entry) {
    try {
      return JSON.readTree(entry.get("Detail").textValue()).path("image-tag").asText();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
