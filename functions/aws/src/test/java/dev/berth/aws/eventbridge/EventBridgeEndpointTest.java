package dev.berth.aws.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.events.EcrEvent;
import dev.berth.events.EcrEvents;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What comes out of the EventBridge that an environment variable names, by a rule that sends it to
 * a queue at the same endpoint, with the credentials and the region of the SDK's default chains. It
 * makes a bus and a queue of its own and deletes them.
 */
@EnabledIfEnvironmentVariable(
    named = EventBridgeEndpointTest.ENDPOINT,
    matches = ".+",
    disabledReason = "no EventBridge is named by " + EventBridgeEndpointTest.ENDPOINT)
class EventBridgeEndpointTest {

  static final String ENDPOINT = "BERTH_TEST_EVENTBRIDGE_ENDPOINT";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_POLLS = 20;

  private final String name = "berth-test-" + UUID.randomUUID();
  private EventBridgeClient client;
  private SqsClient queues;
  private String queue;
  private EventBridgeBus bus;

  @BeforeEach
  void create() {
    URI endpoint = URI.create(System.getenv(ENDPOINT));
    client = EventBridgeClient.builder().endpointOverride(endpoint).build();
    queues = SqsClient.builder().endpointOverride(endpoint).build();
    queue = queues.createQueue(q -> q.queueName(name)).queueUrl();
    String arn =
        queues
            .getQueueAttributes(q -> q.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    client.createEventBus(b -> b.name(name));
    client.putRule(
        r ->
            r.name(name)
                .eventBusName(name)
                .eventPattern("{\"source\":[\"dev.berth.ecr\",\"dev.berth\"]}"));
    Target target = Target.builder().id("q").arn(arn).build();
    client.putTargets(t -> t.rule(name).eventBusName(name).targets(target));
    bus = new EventBridgeBus(client, new BusSettings(name, SampleEvents.SOURCE, true));
  }

  @AfterEach
  void delete() {
    client.removeTargets(t -> t.rule(name).eventBusName(name).ids("q"));
    client.deleteRule(r -> r.name(name).eventBusName(name));
    client.deleteEventBus(b -> b.name(name));
    queues.deleteQueue(q -> q.queueUrl(queue));
    client.close();
    queues.close();
  }

  @Test
  void whatIsPublishedReachesARulesTargetAsItIs() throws IOException {
    List<EcrEvent> events =
        Stream.concat(SampleEvents.pushes(12).stream(), Stream.of(SampleEvents.scan(50_000)))
            .toList();

    assertThat(bus.publish(events)).isEmpty();

    List<JsonNode> received = received(events.size());
    assertThat(received)
        .extracting(event -> event.get("detail"))
        .containsExactlyInAnyOrderElementsOf(
            events.stream().map(event -> tree(EcrEvents.writeDetail(event))).toList());
    assertThat(received)
        .allSatisfy(
            event -> {
              // not all of the envelope: moto leaves the account out
              assertThat(event.get("time").textValue()).isEqualTo(SampleEvents.TIME.toString());
              assertThat(event.at("/resources/0").textValue())
                  .isEqualTo("arn:aws:ecr:eu-west-1:210987654321:repository/team/app");
            });
  }

  @Test
  void aRequestReachesARulesTargetAsItIs() throws IOException {
    var request = SampleEvents.request("team/app");

    bus.ask(List.of(request));

    JsonNode event = received(1).getFirst();
    assertThat(event.get("source").textValue()).isEqualTo("dev.berth");
    assertThat(event.get("detail-type").textValue()).isEqualTo(request.detailType());
    assertThat(event.get("detail")).isEqualTo(request.detail());
  }

  /** As many as are expected, and whatever comes with them. */
  private List<JsonNode> received(int count) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < MOST_POLLS && events.size() < count; i++) {
      List<Message> messages =
          queues
              .receiveMessage(q -> q.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(1))
              .messages();
      for (Message message : messages) {
        JsonNode event = JSON.readTree(message.body());
        if (ids.add(event.get("id").textValue())) {
          events.add(event);
        }
        queues.deleteMessage(q -> q.queueUrl(queue).receiptHandle(message.receiptHandle()));
      }
    }
    return events;
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
