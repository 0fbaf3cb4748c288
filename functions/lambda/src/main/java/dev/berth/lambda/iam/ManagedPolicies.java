package dev.berth.lambda.iam;

import dev.berth.registry.identity.CustomerPolicies;
import dev.berth.registry.identity.IdentityException.NoSuchEntity;
import dev.berth.registry.store.Page;
import java.util.Optional;

/** The managed policies that an account sees: AWS's and its own. */
record ManagedPolicies(CustomerPolicies customers, PolicyUse use) {

  /** AWS's come first in listings; positions among them are told apart from the others. */
  private static final String OF_AWS = "aws:";

  private static final String OF_CUSTOMER = "customer:";

  /** Which of them are listed (policyScopeType of IAM's model). */
  enum Scope {
    All,
    AWS,
    Local
  }

  /**
   * @throws NoSuchEntity if the account sees no such policy
   */
  PolicyDetails require(String account, String arn) {
    return find(account, arn).orElseThrow(() -> NoSuchEntity.policy(arn));
  }

  private Optional<PolicyDetails> find(String account, String arn) {
    return PolicyArns.isOfAws(arn)
        ? AwsPolicies.find(arn, use.counts(account))
        : customers.find(account, arn).map(PolicyDetails::of);
  }

  Page<PolicyDetails> list(String account, Scope scope, Optional<String> after, int limit) {
    boolean ofCustomer =
        scope == Scope.Local || after.filter(at -> at.startsWith(OF_CUSTOMER)).isPresent();
    return ofCustomer ? ofCustomer(account, after, limit) : ofAws(account, scope, after, limit);
  }

  private Page<PolicyDetails> ofAws(
      String account, Scope scope, Optional<String> after, int limit) {
    Page<PolicyDetails> page =
        Paging.slice(
            AwsPolicies.all(use.counts(account)),
            after.map(at -> at.substring(OF_AWS.length())),
            limit);
    Optional<String> next =
        page.next()
            .map(OF_AWS::concat)
            .or(() -> scope == Scope.AWS ? Optional.empty() : Optional.of(OF_CUSTOMER));
    return new Page<>(page.entries(), next);
  }

  private Page<PolicyDetails> ofCustomer(String account, Optional<String> after, int limit) {
    Optional<String> position =
        after.map(at -> at.substring(OF_CUSTOMER.length())).filter(at -> !at.isEmpty());
    Page<PolicyDetails> page = customers.list(account, position, limit).map(PolicyDetails::of);
    return new Page<>(page.entries(), page.next().map(OF_CUSTOMER::concat));
  }
}
