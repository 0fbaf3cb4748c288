package dev.berth.registry.lifecycle;

import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException.LifecyclePolicyNotFound;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.RepositoryDocuments;
import dev.berth.registry.repository.RepositoryItem;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lifecycle policies of repositories.
 *
 * <p>All methods but {@link #recordEvaluation} throw {@link
 * dev.berth.registry.RegistryException.RepositoryNotFound} if there is no such repository.
 */
public final class LifecyclePolicies {

  private static final String TEXT = RepositoryDocuments.TEXT;
  private static final String LAST_EVALUATED_AT = "lastEvaluatedAt";
  private static final String POLICY = "policy";

  private final Table table;
  private final RepositoryDocuments documents;
  private final LifecycleRegistries registries;

  public LifecyclePolicies(Table table) {
    this.table = table;
    this.documents =
        new RepositoryDocuments(table, Keys::lifecyclePolicy, LifecyclePolicyNotFound::new);
    this.registries = new LifecycleRegistries(table);
  }

  /** Gives a repository this policy, in place of the one that it has. It has not been run yet. */
  public void put(String account, RepositoryName name, LifecyclePolicy policy) {
    registries.note(account);
    documents.put(account, name, policy.text());
  }

  /**
   * The repository's policy.
   *
   * @throws LifecyclePolicyNotFound if it has none
   */
  public StoredLifecyclePolicy require(String account, RepositoryName name) {
    return read(documents.require(account, name));
  }

  /**
   * Removes the policy.
   *
   * @return as it was
   * @throws LifecyclePolicyNotFound if the repository has none
   */
  public StoredLifecyclePolicy delete(String account, RepositoryName name) {
    return read(documents.delete(account, name));
  }

  /**
   * The policy that the repository is under: its own one, else the registry's; empty without
   * either.
   */
  public Optional<EffectivePolicy> effective(String account, RepositoryName name) {
    Key repository = Keys.repository(account, name.value());
    Key own = Keys.lifecyclePolicy(account, name.value());
    Key ofRegistry = Keys.registryLifecyclePolicy(account);
    Key run = Keys.lifecycleEvaluation(account, name.value());
    Map<Key, Item> items = table.get(List.of(repository, own, ofRegistry, run), Consistency.STRONG);
    if (!items.containsKey(repository)) {
      throw new RepositoryNotFound(account, name);
    }
    Repository found = RepositoryItem.read(items.get(repository));
    return Optional.ofNullable(items.get(own))
        .map(LifecyclePolicies::read)
        .map(policy -> new EffectivePolicy(found, policy.text(), true, policy.lastEvaluatedAt()))
        .or(
            () ->
                Optional.ofNullable(items.get(ofRegistry))
                    .map(item -> item.text(RegistryLifecyclePolicies.TEXT))
                    .map(text -> byDefault(found, text, Optional.ofNullable(items.get(run)))));
  }

  private static EffectivePolicy byDefault(
      Repository repository, String text, Optional<Item> lastRun) {
    Optional<Instant> at =
        lastRun
            .filter(item -> item.text(POLICY).equals(EffectivePolicy.idOf(text)))
            .flatMap(LifecyclePolicies::evaluatedAt);
    return new EffectivePolicy(repository, text, false, at);
  }

  /** Notes down that a policy was run, unless the repository has another one by now. */
  public void recordEvaluation(EffectivePolicy policy, Instant at) {
    Repository repository = policy.repository();
    String account = repository.account();
    String name = repository.name().value();
    if (policy.own()) {
      table.transact(
          Action.update(Keys.lifecyclePolicy(account, name))
              .set(LAST_EVALUATED_AT, at.toEpochMilli())
              .when(Condition.equal(TEXT, policy.text())));
    } else {
      table.transact(
          Action.check(
              Keys.repository(account, name), Condition.equal(RepositoryItem.ID, repository.id())),
          Action.put(
              Item.at(Keys.lifecycleEvaluation(account, name))
                  .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
                  .text(POLICY, policy.id())
                  .number(LAST_EVALUATED_AT, at.toEpochMilli())
                  .build()));
    }
  }

  private static StoredLifecyclePolicy read(Item item) {
    return new StoredLifecyclePolicy(item.text(TEXT), evaluatedAt(item));
  }

  private static Optional<Instant> evaluatedAt(Item item) {
    return item.optionalNumber(LAST_EVALUATED_AT).stream()
        .mapToObj(Instant::ofEpochMilli)
        .findFirst();
  }
}
