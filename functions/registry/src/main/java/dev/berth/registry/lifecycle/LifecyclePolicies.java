package dev.berth.registry.lifecycle;

import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException.LifecyclePolicyNotFound;
import dev.berth.registry.repository.RepositoryDocuments;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The lifecycle policies of repositories.
 *
 * <p>All methods but {@link #recordEvaluation} throw {@link
 * dev.berth.registry.RegistryException.RepositoryNotFound} if there is no such repository.
 */
public final class LifecyclePolicies {

  private static final String TEXT = RepositoryDocuments.TEXT;
  private static final String LAST_EVALUATED_AT = "lastEvaluatedAt";

  private final Table table;
  private final RepositoryDocuments documents;

  public LifecyclePolicies(Table table) {
    this.table = table;
    this.documents =
        new RepositoryDocuments(table, Keys::lifecyclePolicy, LifecyclePolicyNotFound::new);
  }

  /** Gives a repository this policy, in place of the one that it has. It has not been run yet. */
  public void put(String account, RepositoryName name, LifecyclePolicy policy) {
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
