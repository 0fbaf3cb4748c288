package dev.berth.registry.outbox;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.core.scan.SeverityCounts;
import dev.berth.registry.outbox.Change.Deleted;
import dev.berth.registry.outbox.Change.Pulled;
import dev.berth.registry.outbox.Change.Pushed;
import dev.berth.registry.outbox.Change.Replicated;
import dev.berth.registry.outbox.Change.ReplicationFailed;
import dev.berth.registry.outbox.Change.Scanned;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A change that is yet to be told, as it is written down under {@link Keys#outbox}. The region is
 * not: it is that of the deployment.
 *
 * @param account of the registry
 * @param at when it happened, in whole milliseconds
 */
public record OutboxRecord(
    String account, RepositoryName repositoryName, Change change, Instant at) {

  private static final String KIND = "kind";
  private static final String PUSH = "push";
  private static final String DELETE = "delete";
  private static final String SCAN = "scan";
  private static final String REPLICATION_FAILURE = "replication-failure";
  private static final String REPLICATE = "replicate";
  private static final String PULL = "pull";
  private static final String ACCOUNT = "account";
  private static final String REPOSITORY = "repository";
  private static final String DIGEST = "digest";
  private static final String TAGS = "tags";

  /** No character of a tag. */
  private static final String SEPARATOR = " ";

  private static final String STATUS = "status";
  private static final String COUNTS = "counts";
  private static final String DESTINATION_REGION = "destinationRegion";
  private static final String DESTINATION_ACCOUNT = "destinationAccount";
  private static final String SOURCE_ACCOUNT = "sourceAccount";
  private static final String SOURCE_REGION = "sourceRegion";
  private static final String PRINCIPAL = "principal";
  private static final String AT = "at";

  /**
   * What a transaction has to do to tell of its change: write this down. Records of one repository
   * are in one shard, in the order in which this process made them.
   */
  public Action toldOf(String repositoryId) {
    int shard = Math.floorMod(repositoryId.hashCode(), Keys.OUTBOX_SHARDS);
    return Action.put(item(shard, Ulid.next(at)));
  }

  /** The same in any shard, for changes whose order matters to nobody and that are many. */
  Action toldAnywhere() {
    int shard = ThreadLocalRandom.current().nextInt(Keys.OUTBOX_SHARDS);
    return Action.put(item(shard, Ulid.next(at)));
  }

  private Item item(int shard, String ulid) {
    var item =
        Item.at(Keys.outbox(shard, ulid))
            .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
            .text(KIND, kind())
            .text(ACCOUNT, account)
            .text(REPOSITORY, repositoryName.value())
            .text(DIGEST, change.digest().toString())
            .text(TAGS, tagText())
            .number(AT, at.toEpochMilli());
    switch (change) {
      case Scanned scanned ->
          item.text(STATUS, scanned.status()).text(COUNTS, scanned.counts().text());
      case ReplicationFailed failed ->
          item.text(DESTINATION_REGION, failed.destination().region())
              .text(DESTINATION_ACCOUNT, failed.destination().registryId());
      case Replicated replicated ->
          item.text(SOURCE_ACCOUNT, replicated.source().account())
              .text(SOURCE_REGION, replicated.source().region());
      case Pulled pulled -> item.text(PRINCIPAL, pulled.principal());
      case Pushed _, Deleted _ -> {}
    }
    return item.build();
  }

  private String kind() {
    return switch (change) {
      case Pushed _ -> PUSH;
      case Deleted _ -> DELETE;
      case Scanned _ -> SCAN;
      case ReplicationFailed _ -> REPLICATION_FAILURE;
      case Replicated _ -> REPLICATE;
      case Pulled _ -> PULL;
    };
  }

  private List<Tag> tags() {
    return switch (change) {
      case Pushed pushed -> pushed.tag().stream().toList();
      case Deleted deleted -> deleted.tags();
      case Scanned scanned -> scanned.tags();
      case ReplicationFailed failed -> failed.tag().stream().toList();
      case Replicated replicated -> replicated.tag().stream().toList();
      case Pulled pulled -> pulled.tag().stream().toList();
    };
  }

  private Optional<String> tagText() {
    return Optional.of(tags())
        .filter(tags -> !tags.isEmpty())
        .map(tags -> tags.stream().map(Tag::value).collect(Collectors.joining(SEPARATOR)));
  }

  /**
   * @throws IllegalStateException or {@link IllegalArgumentException} if the item is no such record
   */
  static OutboxRecord of(Item item) {
    Digest digest =
        Digest.parse(item.text(DIGEST))
            .orElseThrow(() -> new IllegalStateException("no digest: " + item.text(DIGEST)));
    List<Tag> tags =
        item.optionalText(TAGS).stream()
            .flatMap(text -> Stream.of(text.split(SEPARATOR)))
            .map(Tag::new)
            .toList();
    Change change =
        switch (item.text(KIND)) {
          case PUSH -> new Pushed(digest, tags.stream().findFirst());
          case DELETE -> new Deleted(digest, tags);
          case SCAN -> new Scanned(digest, item.text(STATUS), counts(item), tags);
          case REPLICATION_FAILURE ->
              new ReplicationFailed(digest, tags.stream().findFirst(), destination(item));
          case REPLICATE -> new Replicated(digest, tags.stream().findFirst(), source(item));
          case PULL -> new Pulled(digest, tags.stream().findFirst(), item.text(PRINCIPAL));
          case String unknown -> throw new IllegalStateException("no kind of change: " + unknown);
        };
    return new OutboxRecord(
        item.text(ACCOUNT),
        new RepositoryName(item.text(REPOSITORY)),
        change,
        Instant.ofEpochMilli(item.number(AT)));
  }

  /** None in a record of before there was a scanner. */
  private static SeverityCounts counts(Item item) {
    return item.optionalText(COUNTS).map(SeverityCounts::parse).orElse(SeverityCounts.NONE);
  }

  private static Destination destination(Item item) {
    return new Destination(item.text(DESTINATION_REGION), item.text(DESTINATION_ACCOUNT));
  }

  private static Source source(Item item) {
    return new Source(item.text(SOURCE_ACCOUNT), item.text(SOURCE_REGION));
  }
}
