package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.registry.image.Replication.Failure;
import dev.berth.registry.image.Replication.Status;
import dev.berth.registry.outbox.Change.ReplicationFailed;
import dev.berth.registry.outbox.OutboxRecord;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.repository.RepositoryReader.Found;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where it is noted which attempts to replicate are made, and what becomes of them. */
public final class AttemptRecords {

  private final Table table;
  private final ReplicationReader reader;
  private final Clock clock;

  public AttemptRecords(Table table, RepositoryReader repositories, Clock clock) {
    this.table = table;
    this.reader = new ReplicationReader(repositories);
    this.clock = clock;
  }

  /**
   * An attempt that has begun.
   *
   * @param tagged the image that the tag of the push names now
   */
  public record Attempt(Replication replication, Optional<Digest> tagged) {

    /** Whether the image has the tag that it was pushed with, if it was with one. */
    public boolean isTagged() {
      return tagged.equals(Optional.of(replication.id().digest()));
    }
  }

  /**
   * Notes that an attempt begins. What has failed begins anew.
   *
   * @return empty where there is nothing to do: the image or its repository is gone, the push was
   *     replicated, or was never planned, or the same was pushed again and has its own attempts
   */
  public Optional<Attempt> begin(ReplicationId id, String push) {
    return Retry.untilDecided(
        () -> {
          Optional<Found> found = reader.find(id);
          Optional<Replication> before =
              found
                  .flatMap(it -> ReplicationReader.replication(it, id))
                  .filter(it -> it.isOf(push) && it.status() != Status.COMPLETE);
          return before.isPresent()
              ? begin(before.get(), tagged(found.get(), id)).map(Optional::of)
              : Optional.of(Optional.empty());
        });
  }

  private Optional<Attempt> begin(Replication before, Optional<Digest> tagged) {
    long attempts = before.isInProgress() ? before.attempts() + 1 : 1;
    Replication now = before.inProgress(attempts, clock.instant());
    return table.transact(ReplicationItem.write(Optional.of(before), now)).committed()
        ? Optional.of(new Attempt(now, tagged))
        : Optional.empty();
  }

  private static Optional<Digest> tagged(Found found, ReplicationId id) {
    return id.tagKey()
        .flatMap(key -> Optional.ofNullable(found.items().get(key)))
        .map(TagItem::read);
  }

  /**
   * The image that the tag of a push names now, if it is replicated to the same destination with
   * it: one whose push is still to be planned brings the tag itself.
   */
  public Optional<Digest> tagged(ReplicationId id) {
    return id.tagKey()
        .flatMap(key -> table.get(key, Consistency.STRONG))
        .map(TagItem::read)
        .filter(now -> table.get(id.of(now).key(), Consistency.STRONG).isPresent());
  }

  /** Whether the image is still there to be replicated. */
  public boolean isThere(ReplicationId id) {
    return reader.find(id).isPresent();
  }

  /** Notes that the image is at its destination. */
  public void complete(Attempt attempt) {
    change(attempt.replication(), it -> it.complete(clock.instant()), List.of());
  }

  /** Notes that it failed, and tells of it. */
  public void fail(Replication replication, Failure failure) {
    ReplicationId id = replication.id();
    var told =
        new OutboxRecord(
            id.account(),
            id.repositoryName(),
            new ReplicationFailed(id.digest(), id.tag(), id.destination()),
            clock.instant());
    change(
        replication,
        it -> it.failed(failure, clock.instant()),
        List.of(told.toldOf(id.repositoryId())));
  }

  /** Notes that it comes forward: attempts that failed before do not count any more. */
  public void progressed(Attempt attempt) {
    change(attempt.replication(), it -> it.inProgress(0, clock.instant()), List.of());
  }

  /** Notes that nothing was tried in the end, so that the attempt does not count. */
  public void withdraw(Attempt attempt) {
    change(
        attempt.replication(),
        it -> it.inProgress(Math.max(it.attempts() - 1, 0), clock.instant()),
        List.of());
  }

  /** Nothing happens where it has ended meanwhile, or is gone with its image. */
  private void change(
      Replication replication, UnaryOperator<Replication> change, List<Action> along) {
    Retry.untilDecided(
        () -> {
          Optional<Replication> before =
              table
                  .get(replication.id().key(), Consistency.STRONG)
                  .map(ReplicationItem::read)
                  .filter(it -> it.isOf(replication.push()) && it.isInProgress());
          boolean done =
              before.isEmpty() || table.transact(changed(before.get(), change, along)).committed();
          return Optional.of(true).filter(any -> done);
        });
  }

  private static List<Action> changed(
      Replication before, UnaryOperator<Replication> change, List<Action> along) {
    List<Action> actions =
        new ArrayList<>(ReplicationItem.write(Optional.of(before), change.apply(before)));
    actions.addAll(along);
    return actions;
  }
}
