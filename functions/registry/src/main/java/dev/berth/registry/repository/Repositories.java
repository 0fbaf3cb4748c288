package dev.berth.registry.repository;

import dev.berth.core.oci.RepositoryName;
import dev.berth.core.quota.Quotas;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RegistryException.LimitExceeded;
import dev.berth.registry.RegistryException.RepositoryAlreadyExists;
import dev.berth.registry.RegistryException.RepositoryNotEmpty;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.RegistryException.TooManyTags;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.encryption.EncryptionKeys;
import dev.berth.registry.repository.Repository.TagMutability;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Action.UpdateBuilder;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.Outcome.Committed;
import dev.berth.registry.store.Outcome.Refused;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.work.Work.PurgeRepository;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The repositories of a deployment's registries. */
public final class Repositories {

  /** The place of the count among the actions that make or delete a repository. */
  private static final int COUNT = 2;

  private final Table table;
  private final RepositoryGrants grants;
  private final Clock clock;
  private final RepositoryCount count;

  public Repositories(Table table, EncryptionKeys keys, Clock clock, Quotas quotas) {
    this.table = table;
    this.grants = new RepositoryGrants(table, keys, clock);
    this.clock = clock;
    this.count = new RepositoryCount(table, quotas);
  }

  /**
   * @param resourceTags key to value
   * @throws RepositoryAlreadyExists if the name is taken
   * @throws TooManyTags for more than {@value ResourceTags#MOST} tags
   * @throws LimitExceeded if the registry has as many repositories as it may have
   * @throws dev.berth.registry.RegistryException.KmsFailed if the use of its key cannot be granted
   */
  public Repository create(
      String account,
      RepositoryName name,
      Repository.Settings settings,
      Map<String, String> resourceTags) {
    ResourceTags.requireFew(resourceTags.size());
    var repository =
        new Repository(account, name, UUID.randomUUID().toString(), settings, clock.instant(), 0);
    List<Action> actions = new ArrayList<>();
    actions.add(Action.put(RepositoryItem.write(repository), Condition.absent()));
    actions.add(Action.put(listingRow(account, name)));
    actions.add(count.oneMore(account));
    if (!resourceTags.isEmpty()) {
      actions.add(
          Action.put(ResourceTagsItem.write(account, name, resourceTags, Optional.empty())));
    }
    requireFree(repository);
    actions.addAll(grants.make(repository));
    try {
      commit(repository, actions);
      return repository;
    } catch (RegistryException e) {
      // any other failure may have come after the commit: the sweeper sees to it
      grants.takeBack(repository);
      throw e;
    }
  }

  private void commit(Repository repository, List<Action> actions) {
    while (true) {
      switch (table.transact(actions)) {
        case Committed() -> {
          return;
        }
        case Refused refused when refused.at(0) ->
            throw new RepositoryAlreadyExists(repository.account(), repository.name());
        case Refused refused when refused.at(COUNT) -> count.requireRoom(repository.account());
        case Refused _ ->
            throw new IllegalStateException(
                "the grants of %s were retired while it was made".formatted(repository.name()));
      }
    }
  }

  /** Spares KMS the grants of a repository that cannot be made. */
  private void requireFree(Repository repository) {
    boolean granted = repository.encryption() instanceof Encryption.Kms;
    if (granted && !find(repository.account(), List.of(repository.name())).isEmpty()) {
      throw new RepositoryAlreadyExists(repository.account(), repository.name());
    }
  }

  /** The repositories of these names that exist, in the order of the names. */
  public List<Repository> find(String account, List<RepositoryName> names) {
    List<Key> keys = names.stream().map(name -> Keys.repository(account, name.value())).toList();
    Map<Key, Item> items = table.get(keys, Consistency.STRONG);
    return keys.stream()
        .distinct()
        .filter(items::containsKey)
        .map(key -> RepositoryItem.read(items.get(key)))
        .toList();
  }

  /**
   * The registry's repositories by name.
   *
   * @param after the name that the page begins behind
   * @param limit 1 to 1000
   */
  public Page<Repository> list(String account, Optional<String> after, int limit) {
    Page<RepositoryName> names = names(account, after, limit);
    List<Repository> repositories = new ArrayList<>();
    for (int from = 0; from < names.entries().size(); from += Table.MOST) {
      int to = Math.min(from + Table.MOST, names.entries().size());
      repositories.addAll(find(account, names.entries().subList(from, to)));
    }
    return new Page<>(repositories, names.next());
  }

  /** The names alone: cheaper than {@link #list}. */
  public Page<RepositoryName> names(String account, Optional<String> after, int limit) {
    Page<Item> rows =
        table.query(Keys.repositoryList(account), "", after, limit, Consistency.EVENTUAL);
    return new Page<>(
        rows.entries().stream().map(row -> new RepositoryName(row.key().sort())).toList(),
        rows.next());
  }

  /**
   * Deletes a repository at once, with all that is in it; what it held is swept by {@link
   * dev.berth.registry.sweep.Sweeper} afterwards.
   *
   * @param force also when it holds images
   * @return as it was
   * @throws RepositoryNotFound if there is none of this name
   * @throws RepositoryNotEmpty if it holds images and force is not given
   */
  public Repository delete(String account, RepositoryName name, boolean force) {
    while (true) {
      Repository repository =
          find(account, List.of(name)).stream()
              .findFirst()
              .orElseThrow(() -> new RepositoryNotFound(account, name));
      if (repository.imageCount() > 0 && !force) {
        throw new RepositoryNotEmpty(account, name);
      }
      switch (deleteIfUnchanged(repository, force)) {
        case Committed() -> {
          return repository;
        }
        case Refused refused when refused.at(COUNT) -> count.begin(account);
        // an image came or the repository was made anew since it was read: decide again
        case Refused _ -> {}
      }
    }
  }

  private Outcome deleteIfUnchanged(Repository repository, boolean force) {
    String account = repository.account();
    String name = repository.name().value();
    Condition same = Condition.equal(RepositoryItem.ID, repository.id());
    Condition empty = Condition.equal(RepositoryItem.IMAGE_COUNT, 0);
    return table.transact(
        Action.delete(Keys.repository(account, name), force ? same : Condition.all(same, empty)),
        Action.delete(Keys.repositoryListing(account, name)),
        count.oneLess(account),
        Action.delete(Keys.repositoryTags(account, name)),
        Action.delete(Keys.repositoryPolicy(account, name)),
        Action.delete(Keys.lifecyclePolicy(account, name)),
        Action.delete(Keys.lifecycleEvaluation(account, name)),
        Action.put(purge(repository).item(clock.instant())));
  }

  /**
   * Sets whether tags can be moved. A push that read the old setting and has not ended decides
   * again.
   *
   * @throws RepositoryNotFound if there is none of this name
   */
  public void setTagMutability(String account, RepositoryName name, TagMutability mutability) {
    Key key = Keys.repository(account, name.value());
    set(account, name, Action.update(key).set(RepositoryItem.TAG_MUTABILITY, mutability.name()));
  }

  /**
   * Sets whether images are scanned when they are pushed.
   *
   * @throws RepositoryNotFound if there is none of this name
   */
  public void setScanOnPush(String account, RepositoryName name, boolean scanOnPush) {
    Key key = Keys.repository(account, name.value());
    set(account, name, Action.update(key).set(RepositoryItem.SCAN_ON_PUSH, scanOnPush ? 1 : 0));
  }

  private void set(String account, RepositoryName name, UpdateBuilder update) {
    if (!table.transact(update.when(Condition.present())).committed()) {
      throw new RepositoryNotFound(account, name);
    }
  }

  private static PurgeRepository purge(Repository repository) {
    return new PurgeRepository(
        repository.account(), repository.name(), repository.id(), repository.encryption(), false);
  }

  private static Item listingRow(String account, RepositoryName name) {
    return Item.at(Keys.repositoryListing(account, name.value()))
        .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
        .build();
  }
}
