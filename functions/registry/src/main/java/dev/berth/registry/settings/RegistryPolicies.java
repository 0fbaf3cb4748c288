package dev.berth.registry.settings;

import dev.berth.core.policy.PolicyDocument;
import dev.berth.registry.RegistryException.RegistryPolicyNotFound;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;

/** The permissions policies of registries. */
public final class RegistryPolicies {

  public static final String TEXT = "text";

  private final Table table;

  public RegistryPolicies(Table table) {
    this.table = table;
  }

  /** Gives a registry this policy, in place of the one that it has. */
  public void put(String account, PolicyDocument policy) {
    table.transact(
        Action.put(
            Item.at(Keys.registryPolicy(account))
                .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
                .text(TEXT, policy.text())
                .build()));
  }

  /**
   * The policy's text.
   *
   * @throws RegistryPolicyNotFound if the registry has none
   */
  public String require(String account) {
    return table
        .get(Keys.registryPolicy(account), Consistency.STRONG)
        .orElseThrow(() -> new RegistryPolicyNotFound(account))
        .text(TEXT);
  }

  /**
   * Removes the policy.
   *
   * @return the text that it had
   * @throws RegistryPolicyNotFound if the registry has none
   */
  public String delete(String account) {
    Key key = Keys.registryPolicy(account);
    while (true) {
      String text = require(account);
      if (table.transact(Action.delete(key, Condition.equal(TEXT, text))).committed()) {
        return text;
      }
      // another policy was put or this one deleted since it was read: look again
    }
  }
}
