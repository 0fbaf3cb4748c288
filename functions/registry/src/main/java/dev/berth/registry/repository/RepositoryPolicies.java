package dev.berth.registry.repository;

import dev.berth.core.oci.RepositoryName;
import dev.berth.core.policy.PolicyDocument;
import dev.berth.registry.RegistryException.RepositoryPolicyNotFound;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;

/**
 * The policies of repositories.
 *
 * <p>All methods throw {@link dev.berth.registry.RegistryException.RepositoryNotFound} if there is
 * no such repository.
 */
public final class RepositoryPolicies {

  private final RepositoryDocuments documents;

  public RepositoryPolicies(Table table) {
    this.documents =
        new RepositoryDocuments(table, Keys::repositoryPolicy, RepositoryPolicyNotFound::new);
  }

  /** Gives a repository this policy, in place of the one that it has. */
  public void set(String account, RepositoryName name, PolicyDocument policy) {
    documents.put(account, name, policy.text());
  }

  /**
   * The policy's text.
   *
   * @throws RepositoryPolicyNotFound if the repository has no policy
   */
  public String require(String account, RepositoryName name) {
    return documents.require(account, name).text(RepositoryDocuments.TEXT);
  }

  /**
   * Removes the policy.
   *
   * @return the text that it had
   * @throws RepositoryPolicyNotFound if the repository has no policy
   */
  public String delete(String account, RepositoryName name) {
    return documents.delete(account, name).text(RepositoryDocuments.TEXT);
  }
}
