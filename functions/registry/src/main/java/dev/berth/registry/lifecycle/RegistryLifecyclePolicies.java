package dev.berth.registry.lifecycle;

import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.registry.RegistryException.LifecyclePolicyNotFound;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;

/**
 * The lifecycle policies of registries, which repositories without one of their own are under. ECR
 * has none.
 */
public final class RegistryLifecyclePolicies {

  static final String TEXT = "text";

  private final Table table;
  private final LifecycleRegistries registries;

  public RegistryLifecyclePolicies(Table table) {
    this.table = table;
    this.registries = new LifecycleRegistries(table);
  }

  /** Gives a registry this policy, in place of the one that it has. */
  public void put(String account, LifecyclePolicy policy) {
    registries.note(account);
    table.transact(
        Action.put(
            Item.at(Keys.registryLifecyclePolicy(account))
                .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
                .text(TEXT, policy.text())
                .build()));
  }

  /**
   * The policy's text.
   *
   * @throws LifecyclePolicyNotFound if the registry has none
   */
  public String require(String account) {
    return table
        .get(Keys.registryLifecyclePolicy(account), Consistency.STRONG)
        .orElseThrow(() -> new LifecyclePolicyNotFound(account))
        .text(TEXT);
  }

  /**
   * Removes the policy.
   *
   * @return the text that it had
   * @throws LifecyclePolicyNotFound if the registry has none
   */
  public String delete(String account) {
    Key key = Keys.registryLifecyclePolicy(account);
    while (true) {
      String text = require(account);
      if (table.transact(Action.delete(key, Condition.equal(TEXT, text))).committed()) {
        return text;
      }
      // another policy was put or this one deleted since it was read: look again
    }
  }
}
