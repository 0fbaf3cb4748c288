package dev.berth.registry.layer;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.RepositoryItem;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.repository.RepositoryReader.Found;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The mount of one layer: a read of both repositories and both links, then one transaction. */
final class Mount {

  /** Each round is lost to another writer of the same link; beyond a few the client may push. */
  private static final int MOST_ROUNDS = 5;

  private final Table table;
  private final RepositoryReader repositories;
  private final Clock clock;
  private final String account;
  private final Digest digest;

  Mount(Table table, RepositoryReader repositories, Clock clock, String account, Digest digest) {
    this.table = table;
    this.repositories = repositories;
    this.clock = clock;
    this.account = account;
    this.digest = digest;
  }

  /**
   * What the two repositories have at the time of the read.
   *
   * @param wrong whether the source is not the repository that was remembered under its name
   */
  private record Sides(
      Repository target, Optional<LayerLink> there, Optional<LayerLink> source, boolean wrong) {}

  Optional<LayerLink> into(RepositoryName name, RepositoryName from) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      var window = WriteWindow.open(clock);
      Sides sides = read(name, from);
      if (sides.wrong()) {
        look(from);
        continue;
      }
      if (sides.there().isEmpty() && sides.source().isEmpty()) {
        return Optional.empty();
      }
      if (window.isOver()) {
        continue;
      }
      Attempt attempt =
          sides.there().isPresent()
              ? keep(sides.target(), sides.there().get())
              : link(sides.target(), sides.source().orElseThrow());
      if (attempt.isOver()) {
        return attempt.link();
      }
    }
    return Optional.empty();
  }

  /** What a round came to; a lost one is not over. */
  private record Attempt(boolean isOver, Optional<LayerLink> link) {
    static final Attempt LOST = new Attempt(false, Optional.empty());
    static final Attempt IMPOSSIBLE = new Attempt(true, Optional.empty());

    static Attempt done(LayerLink link) {
      return new Attempt(true, Optional.of(link));
    }
  }

  private Attempt keep(Repository target, LayerLink there) {
    Instant now = clock.instant();
    if (!there.isStale(now)) {
      return Attempt.done(there);
    }
    return table.transact(LayerLink.revive(Keys.layer(target.id(), digest), now)).committed()
        ? Attempt.done(there.revivedAt(now))
        : Attempt.LOST;
  }

  private Attempt link(Repository target, LayerLink source) {
    LayerLink link = source.revivedAt(clock.instant());
    Key blob = Keys.blob(account, target.encryptionKey(), digest);
    Outcome outcome =
        table.transact(
            Action.put(link.toItem(target.id()), Condition.absent()),
            Blob.addReference(blob, source.objectKey()));
    return switch (outcome) {
      case Outcome.Committed() -> Attempt.done(link);
      case Outcome.Refused refused when refused.at(0) -> Attempt.LOST;
      case Outcome.Refused blobIsGone -> Attempt.IMPOSSIBLE;
    };
  }

  private Sides read(RepositoryName name, RepositoryName from) {
    Optional<Repository> guess = source(from);
    Key sourceKey = Keys.repository(account, from.value());
    Found found =
        repositories.read(
            account,
            name,
            Consistency.STRONG,
            target ->
                guess
                    .map(
                        source ->
                            List.of(
                                Keys.layer(target.id(), digest),
                                sourceKey,
                                Keys.layer(source.id(), digest)))
                    .orElseGet(() -> List.of(Keys.layer(target.id(), digest))));
    Repository target = found.repository();
    boolean wrong = guess.isPresent() && !provenBy(found.items().get(sourceKey), guess.get());
    Optional<LayerLink> sourceLink =
        guess
            .filter(source -> source.encryptionKey().equals(target.encryptionKey()))
            .flatMap(source -> link(found, source));
    return new Sides(target, link(found, target), sourceLink, wrong);
  }

  private static boolean provenBy(Item item, Repository guess) {
    return item != null && RepositoryItem.read(item).id().equals(guess.id());
  }

  private Optional<LayerLink> link(Found found, Repository repository) {
    return Optional.ofNullable(found.items().get(Keys.layer(repository.id(), digest)))
        .map(LayerLink::of);
  }

  private Optional<Repository> source(RepositoryName from) {
    return repositories.remembered(account, from).or(() -> look(from));
  }

  private Optional<Repository> look(RepositoryName from) {
    try {
      return Optional.of(repositories.require(account, from));
    } catch (RepositoryNotFound absent) {
      return Optional.empty();
    }
  }
}
