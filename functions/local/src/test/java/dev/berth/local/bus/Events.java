package dev.berth.local.bus;

import dev.berth.events.EcrEvent;
import dev.berth.events.Envelope;
import dev.berth.events.ImageAction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Events to publish. */
final class Events {

  static final String ALL = "{\"source\":[\"aws.ecr\"]}";

  private Events() {}

  static EcrEvent push(String tag) {
    return action("PUSH", tag);
  }

  static EcrEvent action(String type, String tag) {
    var envelope =
        new Envelope(
            "0",
            "id-" + tag,
            "aws.ecr",
            "123456789012",
            Instant.parse("2026-01-01T00:00:00Z"),
            "us-east-1",
            List.of());
    return new ImageAction(envelope, "SUCCESS", "app", "sha256:1", type, Optional.of(tag));
  }
}
