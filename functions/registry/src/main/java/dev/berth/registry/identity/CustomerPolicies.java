package dev.berth.registry.identity;

import dev.berth.core.policy.PolicySize;
import dev.berth.registry.identity.CustomerPolicy.Reference;
import dev.berth.registry.identity.IdentityException.DeleteConflict;
import dev.berth.registry.identity.IdentityException.EntityAlreadyExists;
import dev.berth.registry.identity.IdentityException.LimitExceeded;
import dev.berth.registry.identity.IdentityException.NoSuchEntity;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.Optional;

/** The customer managed policies of the accounts. */
public final class CustomerPolicies {

  private final Table home;

  /**
   * @param home the table of the home region
   */
  public CustomerPolicies(Table home) {
    this.home = home;
  }

  /**
   * @throws EntityAlreadyExists if the account has a policy of that name
   * @throws LimitExceeded if it is too large, white space included
   */
  public void create(CustomerPolicy policy) {
    Names.check(policy.account(), policy.name());
    Item item = CustomerPolicyItem.write(policy);
    if (EntityItem.isTooLarge(item)) {
      throw LimitExceeded.size(PolicySize.MANAGED, "policy " + policy.name());
    }
    if (!home.transact(Action.put(item, Condition.absent())).committed()) {
      throw EntityAlreadyExists.policy(policy.name());
    }
  }

  /**
   * @param account whose policies are looked among: no other account's are seen
   */
  public Optional<CustomerPolicy> find(String account, String arn) {
    return item(account, arn).map(CustomerPolicyItem::read);
  }

  private Optional<Item> item(String account, String arn) {
    return Reference.of(arn)
        .filter(reference -> reference.account().equals(account))
        .flatMap(
            reference ->
                home.get(Keys.customerPolicy(account, reference.name()), Consistency.STRONG))
        .filter(item -> item.text(CustomerPolicyItem.ARN).equals(arn));
  }

  /**
   * Some of the account's policies, by name.
   *
   * @param after a page's {@link Page#next}
   */
  public Page<CustomerPolicy> list(String account, Optional<String> after, int limit) {
    return home.query(Keys.identities(account), Keys.POLICIES, after, limit, Consistency.STRONG)
        .map(CustomerPolicyItem::read);
  }

  /**
   * @throws NoSuchEntity if the account has no such policy
   * @throws DeleteConflict if a user or a role has it
   */
  public void delete(String account, String arn) {
    while (true) {
      Item item = item(account, arn).orElseThrow(() -> NoSuchEntity.policy(arn));
      CustomerPolicy policy = CustomerPolicyItem.read(item);
      if (policy.attachments() > 0 || policy.boundaryUses() > 0) {
        throw new DeleteConflict("Cannot delete a policy attached to entities.");
      }
      if (home.transact(Action.delete(item.key(), EntityItem.unchanged(item))).committed()) {
        return;
      }
      // it was attached, or deleted, since it was read: decide again
    }
  }
}
