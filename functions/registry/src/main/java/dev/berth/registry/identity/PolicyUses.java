package dev.berth.registry.identity;

import dev.berth.core.policy.ManagedPolicy;
import dev.berth.registry.identity.CustomerPolicy.Reference;
import dev.berth.registry.identity.IdentityException.NoSuchEntity;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which managed policies a change of permissions begins and ceases to use: customer managed ones
 * count their uses, so that none is deleted that something depends on.
 *
 * @param policies ARN of the policy that each action is about, in the order of the actions
 */
record PolicyUses(List<String> policies, List<Action> actions) {

  /**
   * @throws NoSuchEntity if what is newly used is neither one of AWS's policies nor, by its ARN,
   *     one of the account
   */
  static PolicyUses of(String account, Permissions before, Permissions after) {
    SortedSet<String> arns = new TreeSet<>(before.attached());
    arns.addAll(after.attached());
    before.boundary().ifPresent(arns::add);
    after.boundary().ifPresent(arns::add);
    List<String> policies = new ArrayList<>();
    List<Action> actions = new ArrayList<>();
    for (String arn : arns) {
      long attachments = count(after.attached(), arn) - count(before.attached(), arn);
      long boundaries = count(after.boundary(), arn) - count(before.boundary(), arn);
      if (attachments != 0 || boundaries != 0) {
        customer(account, arn, attachments > 0 || boundaries > 0)
            .ifPresent(
                policy -> {
                  policies.add(arn);
                  actions.add(use(policy, arn, attachments, boundaries));
                });
      }
    }
    return new PolicyUses(policies, actions);
  }

  /** Empty for one of AWS's, whose uses nobody counts. */
  private static Optional<Reference> customer(String account, String arn, boolean newly) {
    Optional<Reference> own =
        Reference.of(arn).filter(reference -> reference.account().equals(account));
    if (own.isEmpty() && newly && ManagedPolicy.byArn(arn).isEmpty()) {
      throw NoSuchEntity.policy(arn);
    }
    return own;
  }

  private static Action use(Reference policy, String arn, long attachments, long boundaries) {
    return Action.update(Keys.customerPolicy(policy.account(), policy.name()))
        .add(CustomerPolicyItem.ATTACHMENTS, attachments)
        .add(CustomerPolicyItem.BOUNDARY_USES, boundaries)
        .add(EntityItem.VERSION, 1)
        .when(Condition.equal(CustomerPolicyItem.ARN, arn));
  }

  private static long count(SortedSet<String> arns, String arn) {
    return arns.contains(arn) ? 1 : 0;
  }

  private static long count(Optional<String> used, String arn) {
    return used.filter(arn::equals).isPresent() ? 1 : 0;
  }
}
