package dev.berth.events;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What EventBridge says of every event (EventBridge user guide, "Event structure").
 *
 * @param version of the envelope: {@code 0}
 * @param id of the event; one that is delivered twice has the same. On AWS it is EventBridge's own,
 *     and an event that the registry published twice has two: such have the same time and detail
 * @param source {@code aws.ecr}, or what the registry is configured to say instead
 * @param account 12 digits. On AWS that of the event bus; the registry's is in the resources
 * @param time when it happened, in whole seconds
 * @param resources ARNs
 */
public record Envelope(
    String version,
    String id,
    String source,
    String account,
    Instant time,
    String region,
    List<String> resources) {

  public Envelope {
    time = time.truncatedTo(ChronoUnit.SECONDS);
    resources = List.copyOf(resources);
  }
}
