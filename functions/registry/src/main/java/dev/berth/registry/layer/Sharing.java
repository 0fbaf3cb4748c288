package dev.berth.registry.layer;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.repository.RepositoryReader.Found;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The link to a layer that the registry has, in whichever repository: one read, one transaction.
 */
final class Sharing {

  /** Each round is lost to another writer of the same layer; beyond a few it may be sent. */
  private static final int MOST_ROUNDS = 5;

  private final Table table;
  private final RepositoryReader repositories;
  private final Clock clock;
  private final String account;
  private final Digest digest;

  Sharing(Table table, RepositoryReader repositories, Clock clock, String account, Digest digest) {
    this.table = table;
    this.repositories = repositories;
    this.clock = clock;
    this.account = account;
    this.digest = digest;
  }

  Optional<LayerLink> into(RepositoryName name) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      var window = WriteWindow.open(clock);
      Found found = read(name);
      Optional<LayerLink> wanted = link(found).or(() -> blob(found).map(this::newLink));
      if (wanted.isEmpty()) {
        return Optional.empty();
      }
      if (!window.isOver() && kept(found, wanted.get())) {
        return wanted;
      }
    }
    return Optional.empty();
  }

  private Found read(RepositoryName name) {
    return repositories.read(
        account,
        name,
        Consistency.STRONG,
        target -> List.of(Keys.layer(target.id(), digest), blobKey(target)));
  }

  private Key blobKey(Repository target) {
    return Keys.blob(account, target.encryptionKey(), digest);
  }

  private Optional<LayerLink> link(Found found) {
    return Optional.ofNullable(found.items().get(Keys.layer(found.repository().id(), digest)))
        .map(LayerLink::of);
  }

  private Optional<Blob> blob(Found found) {
    return Optional.ofNullable(found.items().get(blobKey(found.repository())))
        .map(Blob::of)
        .filter(Blob::isLive);
  }

  private LayerLink newLink(Blob blob) {
    return new LayerLink(digest, blob.objectKey(), blob.size(), clock.instant(), Optional.empty());
  }

  /** Whether the link is there, and nobody is about to remove it. */
  private boolean kept(Found found, LayerLink wanted) {
    Instant now = clock.instant();
    Repository target = found.repository();
    if (link(found).isPresent()) {
      return !wanted.isStale(now)
          || table.transact(LayerLink.revive(Keys.layer(target.id(), digest), now)).committed();
    }
    Outcome outcome =
        table.transact(
            Action.put(wanted.toItem(target.id()), Condition.absent()),
            Blob.addReference(blobKey(target), wanted.objectKey()));
    return outcome.committed();
  }
}
