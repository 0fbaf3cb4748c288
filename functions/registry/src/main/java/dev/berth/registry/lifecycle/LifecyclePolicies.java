package dev.berth.registry.lifecycle;

import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException.LifecyclePolicyNotFound;
import dev.berth.registry.RegistryException.RepositoryNotFound;
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
import java.util.OptionalLong;

/**
 * The lifecycle policies of repositories. A policy is made only while its repository is there and
 * goes in the transaction that deletes it, so a repository that is made anew never has its
 * predecessor's.
 */
public final class LifecyclePolicies {

  private static final String TEXT = "text";
  private static final String LAST_EVALUATED_AT = "lastEvaluatedAt";

  private final Table table;

  public LifecyclePolicies(Table table) {
    this.table = table;
  }

  /**
   * Gives a repository this policy, in place of the one that it has. It has not been run yet.
   *
   * @throws RepositoryNotFound if there is no such repository
   */
  public void put(String account, RepositoryName name, LifecyclePolicy policy) {
    Item item =
        Item.at(Keys.lifecyclePolicy(account, name.value()))
            .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
            .text(TEXT, policy.text())
            .build();
    // nothing was read before, so it does not matter which repository of this name it is
    var repositoryIsThere =
        Action.check(Keys.repository(account, name.value()), Condition.present());
    if (!table.transact(repositoryIsThere, Action.put(item)).committed()) {
      throw new RepositoryNotFound(account, name);
    }
  }

  /**
   * @throws RepositoryNotFound if there is no such repository
   * @throws LifecyclePolicyNotFound if it has no policy
   */
  public StoredLifecyclePolicy require(String account, RepositoryName name) {
    Key repository = Keys.repository(account, name.value());
    Key policy = Keys.lifecyclePolicy(account, name.value());
    Map<Key, Item> items = table.get(List.of(repository, policy), Consistency.STRONG);
    if (!items.containsKey(repository)) {
      throw new RepositoryNotFound(account, name);
    }
    return Optional.ofNullable(items.get(policy))
        .map(LifecyclePolicies::read)
        .orElseThrow(() -> new LifecyclePolicyNotFound(account, name));
  }

  /**
   * Removes the policy.
   *
   * @return as it was
   * @throws RepositoryNotFound if there is no such repository
   * @throws LifecyclePolicyNotFound if it has no policy
   */
  public StoredLifecyclePolicy delete(String account, RepositoryName name) {
    while (true) {
      StoredLifecyclePolicy policy = require(account, name);
      Key key = Keys.lifecyclePolicy(account, name.value());
      if (table.transact(Action.delete(key, Condition.equal(TEXT, policy.text()))).committed()) {
        return policy;
      }
      // another policy was put or this one deleted since it was read: look again
    }
  }

  /** Notes down that a policy was run, unless the repository has another one by now. */
  public void recordEvaluation(String account, RepositoryName name, String text, Instant at) {
    table.transact(
        Action.update(Keys.lifecyclePolicy(account, name.value()))
            .set(LAST_EVALUATED_AT, at.toEpochMilli())
            .when(Condition.equal(TEXT, text)));
  }

  private static StoredLifecyclePolicy read(Item item) {
    OptionalLong evaluated = item.optionalNumber(LAST_EVALUATED_AT);
    return new StoredLifecyclePolicy(
        item.text(TEXT),
        evaluated.isPresent()
            ? Optional.of(Instant.ofEpochMilli(evaluated.getAsLong()))
            : Optional.empty());
  }
}
