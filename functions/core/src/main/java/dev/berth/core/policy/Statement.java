package dev.berth.core.policy;

import dev.berth.core.authz.Principal;
import java.util.List;
import java.util.Optional;

/**
 * One statement of a resource policy.
 *
 * @param resources empty in a repository policy, which is about its repository alone
 * @param conditions in the order of the policy
 */
public record Statement(
    Optional<String> sid,
    Effect effect,
    Selection<PolicyPrincipal> principals,
    Selection<ActionPattern> actions,
    Optional<Selection<ResourcePattern>> resources,
    List<Condition> conditions) {

  public Statement {
    conditions = List.copyOf(conditions);
  }

  /** Whether it is about this caller doing this, its resources and conditions aside. */
  public boolean isAbout(Principal caller, String action) {
    return principals.selects(principal -> principal.includes(caller))
        && actions.selects(pattern -> pattern.matches(action));
  }
}
