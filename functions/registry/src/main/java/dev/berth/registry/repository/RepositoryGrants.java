package dev.berth.registry.repository;

import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.encryption.EncryptionKeys;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Table;
import dev.berth.registry.work.Work.RetireGrants;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The grants of a repository that is being made. KMS is no part of the table's transaction, so what
 * would retire the grants is written down before they are made, and taken back by the transaction
 * that makes the repository: whatever breaks off in between, no grant stays without its repository.
 */
final class RepositoryGrants {

  private static final Logger LOG = System.getLogger(RepositoryGrants.class.getName());

  /** Longer than any repository takes to be made. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final Table table;
  private final EncryptionKeys keys;
  private final Clock clock;

  RepositoryGrants(Table table, EncryptionKeys keys, Clock clock) {
    this.table = table;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Makes the grants, for a repository with a key.
   *
   * @return what the transaction that makes the repository has to do beside it
   * @throws dev.berth.registry.RegistryException.KmsFailed if KMS refuses; then there are none
   */
  List<Action> make(Repository repository) {
    Optional<RetireGrants> undoing = undoing(repository);
    if (undoing.isEmpty()) {
      return List.of();
    }
    RetireGrants undo = undoing.get();
    table.transact(Action.put(undo.item(clock.instant().plus(PATIENCE))));
    try {
      String arn =
          new Encryption.Kms(undo.grantedKey())
              .repositoryArn(repository.account(), repository.name());
      keys.grant(undo.grantedKey(), repository.id(), arn);
    } catch (RuntimeException e) {
      takeBack(repository);
      throw e;
    }
    return List.of(Action.delete(undo.key(), Condition.present()));
  }

  /** Retires what was made. If that fails, the sweeper does it. */
  void takeBack(Repository repository) {
    undoing(repository)
        .ifPresent(
            undo -> {
              try {
                keys.retire(undo.grantedKey(), repository.id());
                table.transact(Action.delete(undo.key()));
              } catch (RuntimeException e) {
                LOG.log(
                    Level.WARNING,
                    "grants on " + undo.grantedKey() + " are left for the sweeper",
                    e);
              }
            });
  }

  private static Optional<RetireGrants> undoing(Repository repository) {
    return repository.encryption() instanceof Encryption.Kms(var key)
        ? Optional.of(
            new RetireGrants(repository.account(), repository.name(), repository.id(), key))
        : Optional.empty();
  }
}
