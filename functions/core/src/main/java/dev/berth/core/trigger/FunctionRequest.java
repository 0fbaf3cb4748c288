package dev.berth.core.trigger;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What one function asks of another, in the form of an event: it is taken by a bus, starts the
 * function that {@link Triggers} names, and is tried again or becomes a dead letter like any other.
 *
 * @param id a repeated request has the same; on AWS the function sees one of EventBridge instead
 * @param account whose registry it concerns
 * @param time in whole seconds
 * @param detail an object of JSON
 */
public record FunctionRequest(
    String id, String detailType, String account, Instant time, String region, ObjectNode detail) {

  /** What such events have as their source. */
  public static final String SOURCE = "dev.berth";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  public FunctionRequest {
    time = time.truncatedTo(ChronoUnit.SECONDS);
  }

  /** In the envelope of EventBridge. */
  public String json() {
    ObjectNode json =
        MAPPER
            .createObjectNode()
            .put("version", "0")
            .put("id", id)
            .put("detail-type", detailType)
            .put("source", SOURCE)
            .put("account", account)
            .put("time", time.toString())
            .put("region", region);
    json.putArray("resources");
    json.set("detail", detail);
    return json.toString();
  }
}
