package dev.berth.aws.eventbridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.core.trigger.FunctionRequest;
import dev.berth.core.trigger.Triggers;
import dev.berth.events.EcrEvent;
import dev.berth.events.Envelope;
import dev.berth.events.ImageAction;
import dev.berth.events.ImageScan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Events to publish. */
final class SampleEvents {

  static final String SOURCE = "dev.berth.ecr";
  static final Instant TIME = Instant.parse("2026-02-03T04:05:06Z");
  static final String DIGEST = "sha256:" + "a".repeat(64);

  private SampleEvents() {}

  static EcrEvent push(String tag) {
    return new ImageAction(
        envelope(List.of()), "SUCCESS", "team/app", DIGEST, "PUSH", Optional.of(tag));
  }

  static List<EcrEvent> pushes(int count) {
    return IntStream.range(0, count).mapToObj(i -> push("t" + i)).toList();
  }

  /** With tags of about so many bytes. */
  static EcrEvent scan(int bytes) {
    List<String> tags = IntStream.range(0, bytes / 131).mapToObj(i -> "t".repeat(128)).toList();
    var resources = List.of("arn:aws:ecr:eu-west-1:210987654321:repository/team/app");
    return new ImageScan(
        envelope(resources), "COMPLETE", "team/app", Map.of("HIGH", 1L), DIGEST, tags);
  }

  static FunctionRequest request(String repository) {
    return new FunctionRequest(
        "id-" + repository,
        Triggers.LIFECYCLE_EVALUATION,
        "210987654321",
        TIME,
        "eu-west-1",
        JsonNodeFactory.instance.objectNode().put("repository-name", repository));
  }

  private static Envelope envelope(List<String> resources) {
    return new Envelope("0", "id", SOURCE, "210987654321", TIME, "eu-west-1", resources);
  }
}
