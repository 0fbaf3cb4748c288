package dev.berth.aws.eventbridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.trigger.FunctionRequest;
import dev.berth.events.EcrEvent;
import dev.berth.events.EcrEvents;
import dev.berth.events.Envelope;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/**
 * What EventBridge is told of an event. It adds version and id, and the account and the region of
 * the bus.
 */
record Entry(
    String source, String detailType, String detail, Instant time, List<String> resources) {

  /** What EventBridge counts for a time, and more than its envelope's names and values come to. */
  private static final int ENVELOPE_BYTES = 14 + 512;

  static Entry of(EcrEvent event) {
    Envelope envelope = event.envelope();
    List<String> resources =
        envelope.resources().isEmpty()
            ? List.of(arn(envelope.region(), envelope.account(), event.repositoryName()))
            : envelope.resources();
    return new Entry(
        envelope.source(),
        event.detailType(),
        EcrEvents.writeDetail(event),
        envelope.time(),
        resources);
  }

  static Entry of(FunctionRequest request) {
    return new Entry(
        FunctionRequest.SOURCE,
        request.detailType(),
        request.detail().toString(),
        request.time(),
        List.of(arn(request.region(), request.account(), "*")));
  }

  private static String arn(String region, String account, String repository) {
    return "arn:aws:ecr:%s:%s:repository/%s".formatted(region, account, repository);
  }

  /**
   * How much of the limit it takes: EventBridge counts the event with all that its JSON needs
   * (EventBridge API Reference, "PutEvents").
   */
  int bytes() {
    int bytes = ENVELOPE_BYTES + length(source) + length(detailType) + length(detail);
    for (String resource : resources) {
      bytes += length(resource);
    }
    return bytes;
  }

  private static int length(String text) {
    return text.getBytes(UTF_8).length;
  }

  PutEventsRequestEntry on(String bus) {
    return PutEventsRequestEntry.builder()
        .eventBusName(bus)
        .source(source)
        .detailType(detailType)
        .detail(detail)
        .time(time)
        .resources(resources)
        .build();
  }
}
