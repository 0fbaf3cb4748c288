package dev.berth.lambda.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what a bus hands to a function. */
final class BusEvent {

  private static final Pattern OF_REGISTRY =
      Pattern.compile("arn:[a-z-]+:ecr:[a-z0-9-]+:([0-9]{12}):repository/.+");

  private BusEvent() {}

  /**
   * The event as the registry told it: EventBridge says of its own account that an event is of it,
   * so the registry's comes with the resources.
   */
  static JsonNode told(JsonNode event) {
    if (event instanceof ObjectNode object) {
      registry(event.at("/resources/0")).ifPresent(account -> object.put("account", account));
    }
    return event;
  }

  private static Optional<String> registry(JsonNode resource) {
    return Stream.of(resource)
        .filter(JsonNode::isTextual)
        .map(arn -> OF_REGISTRY.matcher(arn.textValue()))
        .filter(Matcher::matches)
        .map(arn -> arn.group(1))
        .findFirst();
  }
}
