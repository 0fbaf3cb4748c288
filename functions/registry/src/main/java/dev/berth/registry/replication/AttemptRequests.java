package dev.berth.registry.replication;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.trigger.FunctionRequests;
import java.time.Clock;
import java.util.List;

/**
 * By which attempts are asked for.
 *
 * @param region of this deployment
 */
public record AttemptRequests(FunctionRequests requests, String region, Clock clock) {

  /**
   * @throws RuntimeException if not all were taken
   */
  void ask(List<AttemptRequest> asked) {
    if (!asked.isEmpty()) {
      requests.ask(asked.stream().map(request -> request.event(region, clock.instant())).toList());
    }
  }

  /**
   * @throws IllegalArgumentException if it is no such request
   */
  AttemptRequest read(JsonNode event) {
    return AttemptRequest.of(event, region);
  }
}
