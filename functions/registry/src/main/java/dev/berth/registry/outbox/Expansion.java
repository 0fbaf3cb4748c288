package dev.berth.registry.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.oci.Tag;
import dev.berth.events.EcrEvent;
import dev.berth.events.Envelope;
import dev.berth.events.ImageAction;
import dev.berth.events.ImagePull;
import dev.berth.events.ImageScan;
import dev.berth.registry.outbox.Change.Deleted;
import dev.berth.registry.outbox.Change.Pulled;
import dev.berth.registry.outbox.Change.Pushed;
import dev.berth.registry.outbox.Change.Scanned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The events that tell of a change (guide, "Sample events from Amazon ECR").
 *
 * @param source that events are published as: {@code aws.ecr}, which EventBridge takes from ECR
 *     alone, or another
 */
record Expansion(String region, String source) {

  private static final String VERSION = "0";
  private static final String SUCCESS = "SUCCESS";

  /**
   * @param name of the record: its events have the same ids whenever they are made
   */
  List<EcrEvent> events(OutboxRecord record, String name) {
    return switch (record.change()) {
      case Pushed pushed -> actions(record, name, "PUSH", pushed.tag().stream().toList());
      case Deleted deleted -> actions(record, name, "DELETE", deleted.tags());
      case Scanned scanned -> List.of(scan(record, name, scanned));
      case Pulled pulled -> List.of(pull(record, name, pulled));
    };
  }

  /** One for each tag, or one without. */
  private List<EcrEvent> actions(OutboxRecord record, String name, String type, List<Tag> tags) {
    List<Optional<String>> told =
        tags.isEmpty()
            ? List.of(Optional.empty())
            : tags.stream().map(tag -> Optional.of(tag.value())).toList();
    List<EcrEvent> events = new ArrayList<>();
    for (Optional<String> tag : told) {
      events.add(
          new ImageAction(
              envelope(record, name + "#" + tag.orElse(""), source, List.of()),
              SUCCESS,
              record.repositoryName().value(),
              record.change().digest().toString(),
              type,
              tag));
    }
    return events;
  }

  private EcrEvent scan(OutboxRecord record, String name, Scanned scanned) {
    return new ImageScan(
        envelope(record, name, source, List.of(arn(record))),
        scanned.status(),
        record.repositoryName().value(),
        Map.of(),
        scanned.digest().toString(),
        scanned.tags().stream().map(Tag::value).toList());
  }

  private EcrEvent pull(OutboxRecord record, String name, Pulled pulled) {
    return new ImagePull(
        envelope(record, name, ImagePull.SOURCE, List.of(arn(record))),
        SUCCESS,
        record.repositoryName().value(),
        pulled.digest().toString(),
        "PULL",
        pulled.tag().map(Tag::value),
        pulled.principal());
  }

  private String arn(OutboxRecord record) {
    return "arn:aws:ecr:%s:%s:repository/%s"
        .formatted(region, record.account(), record.repositoryName());
  }

  private Envelope envelope(OutboxRecord record, String name, String from, List<String> resources) {
    return new Envelope(
        VERSION,
        UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString(),
        from,
        record.account(),
        record.at(),
        region,
        resources);
  }
}
