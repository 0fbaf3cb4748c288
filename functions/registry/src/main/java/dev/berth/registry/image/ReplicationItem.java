package dev.berth.registry.image;

import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.registry.image.Replication.Failure;
import dev.berth.registry.image.Replication.Status;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a replication is written down: under {@link Keys#replication}, and while it is in progress by
 * when it is due under {@link Keys#openReplication}. Both change in one transaction.
 */
final class ReplicationItem {

  private static final String ACCOUNT = "account";
  private static final String REPOSITORY = "repository";
  private static final String REPOSITORY_ID = "repositoryId";
  private static final String DIGEST = "digest";
  private static final String TAG = "tag";
  private static final String REGION = "destinationRegion";
  private static final String REGISTRY = "destinationAccount";
  private static final String PUSH = "push";
  private static final String STATUS = "status";
  private static final String ATTEMPTS = "attempts";
  private static final String FAILURE_CODE = "failureCode";
  private static final String FAILURE_REASON = "failureReason";
  private static final String AT = "at";
  private static final String DUE = "due";
  private static final String REVISION = "revision";

  private ReplicationItem() {}

  /**
   * What a transaction has to do; it is refused where somebody else has changed what is kept.
   *
   * @param before as it was read
   */
  static List<Action> write(Optional<Replication> before, Replication now) {
    List<Action> actions = new ArrayList<>();
    actions.add(
        Action.put(
            item(now),
            before
                .map(read -> Condition.equal(REVISION, read.revision()))
                .orElseGet(Condition::absent)));
    Optional<Key> row =
        Optional.of(now).filter(Replication::isInProgress).map(ReplicationItem::row);
    row.ifPresent(key -> actions.add(Action.put(identified(key, now.id()).build())));
    before
        .filter(Replication::isInProgress)
        .map(ReplicationItem::row)
        .filter(former -> !row.equals(Optional.of(former)))
        .ifPresent(former -> actions.add(Action.delete(former)));
    return actions;
  }

  static Key row(Replication replication) {
    ReplicationId id = replication.id();
    return Keys.openReplication(replication.due(), id.repositoryId(), id.key());
  }

  private static Item item(Replication replication) {
    return identified(replication.id().key(), replication.id())
        .text(PUSH, replication.push())
        .text(STATUS, replication.status().name())
        .number(ATTEMPTS, replication.attempts())
        .text(FAILURE_CODE, replication.failure().map(Failure::code))
        .text(FAILURE_REASON, replication.failure().map(Failure::reason))
        .number(AT, replication.at().toEpochMilli())
        .number(DUE, replication.due().getEpochSecond())
        .number(REVISION, replication.revision())
        .build();
  }

  private static Item.Builder identified(Key key, ReplicationId id) {
    return Item.at(key)
        .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
        .text(ACCOUNT, id.account())
        .text(REPOSITORY, id.repositoryName().value())
        .text(REPOSITORY_ID, id.repositoryId())
        .text(DIGEST, id.digest().toString())
        .text(TAG, id.tag().map(Tag::value))
        .text(REGION, id.destination().region())
        .text(REGISTRY, id.destination().registryId());
  }

  /** Of either item. */
  static ReplicationId id(Item item) {
    return new ReplicationId(
        item.text(ACCOUNT),
        new RepositoryName(item.text(REPOSITORY)),
        item.text(REPOSITORY_ID),
        ImageItem.digest(item.text(DIGEST)),
        item.optionalText(TAG).map(Tag::new),
        new Destination(item.text(REGION), item.text(REGISTRY)));
  }

  static Replication read(Item item) {
    return new Replication(
        id(item),
        item.text(PUSH),
        Status.valueOf(item.text(STATUS)),
        item.number(ATTEMPTS),
        item.optionalText(FAILURE_CODE).map(code -> new Failure(code, item.text(FAILURE_REASON))),
        Instant.ofEpochMilli(item.number(AT)),
        Instant.ofEpochSecond(item.number(DUE)),
        item.number(REVISION));
  }
}
