package dev.berth.registry.repository;

import dev.berth.core.oci.RepositoryName;
import dev.berth.core.policy.PolicyDocument;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.RegistryException.RepositoryPolicyNotFound;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.List;
import java.util.Map;

/**
 * The policies of repositories. A policy is made only while its repository is there and goes in the
 * transaction that deletes it, so a repository that is made anew never has its predecessor's.
 */
public final class RepositoryPolicies {

  private static final String TEXT = "text";

  private final Table table;

  public RepositoryPolicies(Table table) {
    this.table = table;
  }

  /**
   * Gives a repository this policy, in place of the one that it has.
   *
   * @throws RepositoryNotFound if there is no such repository
   */
  public void set(String account, RepositoryName name, PolicyDocument policy) {
    Item item =
        Item.at(Keys.repositoryPolicy(account, name.value()))
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
   * The policy's text.
   *
   * @throws RepositoryNotFound if there is no such repository
   * @throws RepositoryPolicyNotFound if it has no policy
   */
  public String require(String account, RepositoryName name) {
    Key repository = Keys.repository(account, name.value());
    Key policy = Keys.repositoryPolicy(account, name.value());
    Map<Key, Item> items = table.get(List.of(repository, policy), Consistency.STRONG);
    if (!items.containsKey(repository)) {
      throw new RepositoryNotFound(account, name);
    }
    if (!items.containsKey(policy)) {
      throw new RepositoryPolicyNotFound(account, name);
    }
    return items.get(policy).text(TEXT);
  }

  /**
   * Removes the policy.
   *
   * @return the text that it had
   * @throws RepositoryNotFound if there is no such repository
   * @throws RepositoryPolicyNotFound if it has no policy
   */
  public String delete(String account, RepositoryName name) {
    while (true) {
      String text = require(account, name);
      Key policy = Keys.repositoryPolicy(account, name.value());
      if (table.transact(Action.delete(policy, Condition.equal(TEXT, text))).committed()) {
        return text;
      }
      // another policy was set or this one deleted since it was read: look again
    }
  }
}
