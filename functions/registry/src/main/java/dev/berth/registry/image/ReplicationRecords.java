package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.registry.image.Replication.Status;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.repository.RepositoryReader.Found;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.store.Walk;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where it is noted which pushes are to be replicated: beside their images, so that it goes with
 * them. Nothing is noted of an image that is not there.
 */
public final class ReplicationRecords {

  /** Leaves room for one action more. */
  private static final int ROWS_PER_CALL = Table.MOST - 1;

  private final Table table;
  private final RepositoryReader repositories;
  private final ReplicationReader reader;
  private final Clock clock;

  public ReplicationRecords(Table table, RepositoryReader repositories, Clock clock) {
    this.table = table;
    this.repositories = repositories;
    this.reader = new ReplicationReader(repositories);
    this.clock = clock;
  }

  /**
   * An image that was pushed, or a tag of it.
   *
   * @param id of the event that told of it
   */
  public record PushedImage(
      String account, RepositoryName repositoryName, Digest digest, Optional<Tag> tag, String id) {}

  /**
   * Notes that a push is to be replicated. Where that is noted already, it begins anew only if it
   * has failed.
   *
   * @param destinations at most as many as a registry may have
   * @return those that nobody has begun to work on; none where the image is gone
   */
  public List<Replication> plan(PushedImage push, Collection<Destination> destinations) {
    return Retry.untilDecided(() -> attempt(push, destinations));
  }

  private Optional<List<Replication>> attempt(
      PushedImage push, Collection<Destination> destinations) {
    Optional<Found> image =
        reader.find(
            push.account(),
            push.repositoryName(),
            push.digest(),
            id -> ids(push, id, destinations).map(ReplicationId::key));
    return image.isPresent() ? attempt(push, image.get(), destinations) : Optional.of(List.of());
  }

  private Optional<List<Replication>> attempt(
      PushedImage push, Found found, Collection<Destination> destinations) {
    String repositoryId = found.repository().id();
    List<Replication> planned = new ArrayList<>();
    List<Action> actions = new ArrayList<>();
    ids(push, repositoryId, destinations)
        .forEach(
            id -> {
              Optional<Replication> before = ReplicationReader.replication(found, id);
              if (before.filter(it -> isPlanned(it, push)).isEmpty()) {
                var first = Replication.first(id, push.id(), before, clock.instant());
                actions.addAll(ReplicationItem.write(before, first));
                planned.add(first);
              } else {
                before.filter(ReplicationRecords::isUntouched).ifPresent(planned::add);
              }
            });
    if (actions.isEmpty()) {
      return Optional.of(planned);
    }
    actions.add(Action.check(Keys.image(repositoryId, push.digest()), ImageItem.isActive()));
    return table.transact(actions).committed() ? Optional.of(planned) : Optional.empty();
  }

  private static boolean isPlanned(Replication before, PushedImage push) {
    return before.isOf(push.id()) && before.status() != Status.FAILED;
  }

  private static boolean isUntouched(Replication before) {
    return before.isInProgress() && before.attempts() == 0;
  }

  private static Stream<ReplicationId> ids(
      PushedImage push, String repositoryId, Collection<Destination> destinations) {
    return destinations.stream()
        .map(
            to ->
                new ReplicationId(
                    push.account(),
                    push.repositoryName(),
                    repositoryId,
                    push.digest(),
                    push.tag(),
                    to));
  }

  /**
   * The replications of an image, by destination and tag.
   *
   * @throws dev.berth.registry.RegistryException.RepositoryNotFound if there is no such repository
   */
  public List<Replication> find(String account, RepositoryName name, Digest digest) {
    String id = repositories.require(account, name).id();
    List<Replication> all = new ArrayList<>();
    Walk.pages(
        after ->
            table.query(
                Keys.replications(id),
                Keys.replicationPrefix(digest),
                after,
                ROWS_PER_CALL,
                Consistency.STRONG),
        page -> page.stream().map(ReplicationItem::read).forEach(all::add));
    return all;
  }

  /** Removes what is noted of an image that is being deleted. */
  static void forget(Table table, String repositoryId, Digest digest, Condition stillDeleting) {
    Action check = Action.check(Keys.image(repositoryId, digest), stillDeleting);
    String prefix = Keys.replicationPrefix(digest);
    while (true) {
      List<Item> rows =
          table
              .query(
                  Keys.replications(repositoryId),
                  prefix,
                  Optional.empty(),
                  ROWS_PER_CALL,
                  Consistency.STRONG)
              .entries();
      if (rows.isEmpty() || !table.transact(removal(check, rows)).committed()) {
        return;
      }
    }
  }

  private static List<Action> removal(Action check, List<Item> rows) {
    return Stream.concat(Stream.of(check), rows.stream().map(row -> Action.delete(row.key())))
        .toList();
  }
}
