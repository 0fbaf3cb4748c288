package dev.berth.registry.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.events.EcrEvent;
import dev.berth.events.Envelope;
import dev.berth.events.ImageAction;
import dev.berth.events.ImagePull;
import dev.berth.events.ImageScan;
import dev.berth.events.ReplicationAction;
import dev.berth.registry.outbox.Change.Deleted;
import dev.berth.registry.outbox.Change.Pulled;
import dev.berth.registry.outbox.Change.Pushed;
import dev.berth.registry.outbox.Change.Replicated;
import dev.berth.registry.outbox.Change.ReplicationFailed;
import dev.berth.registry.outbox.Change.Scanned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
  private static final String FAILURE = "FAILURE";
  private static final String REPLICATE = "REPLICATE";

  /**
   * @param name of the record: its events have the same ids whenever they are made
   */
  List<EcrEvent> events(OutboxRecord record, String name) {
    return switch (record.change()) {
      case Pushed pushed -> actions(record, name, "PUSH", pushed.tag().stream().toList());
      case Deleted deleted -> actions(record, name, "DELETE", deleted.tags());
      case Scanned scanned -> List.of(scan(record, name, scanned));
      case ReplicationFailed failed -> List.of(failure(record, name, failed));
      case Replicated replicated -> List.of(replication(record, name, replicated));
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
        envelope(record, name, source, List.of(repositoryArn(record))),
        scanned.status(),
        record.repositoryName().value(),
        counts(scanned),
        scanned.digest().toString(),
        scanned.tags().stream().map(Tag::value).toList());
  }

  private static Map<String, Long> counts(Scanned scanned) {
    Map<String, Long> counts = new LinkedHashMap<>();
    scanned
        .counts()
        .counts()
        .forEach((severity, count) -> counts.put(severity.name(), (long) count));
    return counts;
  }

  private EcrEvent replication(OutboxRecord record, String name, Replicated replicated) {
    return new ReplicationAction(
        envelope(record, name, source, List.of(repositoryArn(record))),
        SUCCESS,
        record.repositoryName().value(),
        replicated.digest().toString(),
        replicated.source().account(),
        REPLICATE,
        replicated.source().region(),
        replicated.tag().map(Tag::value));
  }

  /** Told by the registry that replicates; its resource is the repository that lacks the image. */
  private EcrEvent failure(OutboxRecord record, String name, ReplicationFailed failed) {
    Destination destination = failed.destination();
    String repository =
        repositoryArn(destination.region(), destination.registryId(), record.repositoryName());
    return new ReplicationAction(
        envelope(record, name, source, List.of(repository)),
        FAILURE,
        record.repositoryName().value(),
        failed.digest().toString(),
        record.account(),
        REPLICATE,
        region,
        failed.tag().map(Tag::value));
  }

  private String repositoryArn(OutboxRecord record) {
    return repositoryArn(region, record.account(), record.repositoryName());
  }

  private static String repositoryArn(String region, String account, RepositoryName name) {
    return "arn:aws:ecr:%s:%s:repository/%s".formatted(region, account, name);
  }

  private EcrEvent pull(OutboxRecord record, String name, Pulled pulled) {
    return new ImagePull(
        envelope(record, name, ImagePull.SOURCE, List.of(repositoryArn(record))),
        SUCCESS,
        record.repositoryName().value(),
        pulled.digest().toString(),
        "PULL",
        pulled.tag().map(Tag::value),
        pulled.principal());
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
