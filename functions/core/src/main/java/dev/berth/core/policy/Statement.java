package dev.berth.core.policy;

import dev.berth.core.authz.Principal;
import dev.berth.core.policy.condition.Condition;
import java.util.List;
import java.util.Optional;

/**
 * One statement of a policy, ready to be asked.
 *
 * @param principals empty in an identity policy, which is about whom it is attached to
 * @param resources empty in a repository policy, which is about its repository alone
 * @param conditions in the order of the policy
 */
public record Statement(
    Optional<String> sid,
    Effect effect,
    Optional<Selection<PolicyPrincipal>> principals,
    Selection<ActionPattern> actions,
    Optional<Selection<ResourcePattern>> resources,
    List<Condition> conditions) {

  public Statement {
    conditions = List.copyOf(conditions);
  }

  /** Whether it is about this caller doing this, its resources and conditions aside. */
  public boolean isAbout(Principal caller, String action) {
    return naming(Caller.of(caller), false) != Naming.NOT
        && actions.selects(pattern -> pattern.matches(action));
  }

  /** How it names the caller where it applies; {@link Naming#NOT} where it does not. */
  Naming applies(Question question) {
    if (!actions.selects(pattern -> pattern.matches(question.action()))) {
      return Naming.NOT;
    }
    Naming naming = naming(question.caller(), question.hasBoundary());
    return naming != Naming.NOT && coversResource(question) && conditionsHold(question)
        ? naming
        : Naming.NOT;
  }

  private Naming naming(Caller caller, boolean hasBoundary) {
    if (principals.isEmpty()) {
      return Naming.DIRECTLY;
    }
    Naming naming = Naming.NOT;
    for (PolicyPrincipal principal : principals.get().entries()) {
      naming = naming.or(principal.naming(caller));
    }
    if (!principals.get().inverted()) {
      return naming;
    }
    // an account or a role does not stand for its users and sessions here, and who has a boundary
    // is never exempt (IAM User Guide, "NotPrincipal", "Permissions boundaries for IAM entities")
    return naming == Naming.DIRECTLY && !hasBoundary ? Naming.NOT : Naming.DIRECTLY;
  }

  private boolean coversResource(Question question) {
    if (resources.isEmpty()) {
      return true;
    }
    Selection<ResourcePattern> selection = resources.get();
    // a NotResource of which it is not known what it leaves out is about nothing
    return selection.selects(pattern -> pattern.matches(question.resource(), question.context()))
        && (!selection.inverted()
            || selection.entries().stream()
                .allMatch(pattern -> pattern.isKnown(question.context())));
  }

  private boolean conditionsHold(Question question) {
    for (Condition condition : conditions) {
      if (!condition.holds(question.context())) {
        return false;
      }
    }
    return true;
  }
}
