package dev.berth.local.host;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * What a function gets that a schedule starts (EventBridge user guide, "Creating a rule that runs
 * on a schedule").
 *
 * @param rule its name
 */
record ScheduledEvent(String rule, String region, Clock clock) {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** A schedule is no registry's. */
  private static final String ACCOUNT = "000000000000";

  /** Of now. */
  String json() {
    ObjectNode json =
        MAPPER
            .createObjectNode()
            .put("version", "0")
            .put("id", UUID.randomUUID().toString())
            .put("detail-type", "Scheduled Event")
            .put("source", "aws.events")
            .put("account", ACCOUNT)
            .put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
            .put("region", region);
    json.putArray("resources").add("arn:aws:events:%s:%s:rule/%s".formatted(region, ACCOUNT, rule));
    json.putObject("detail");
    return json.toString();
  }
}
