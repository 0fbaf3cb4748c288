package dev.berth.core.policy;

import dev.berth.core.policy.PolicyDocument.Version;
import java.util.Map;
import java.util.Optional;

/** What the statements of one kind of policy have of their own. */
interface Dialect {

  Optional<Selection<PolicyPrincipal>> principals(
      PolicyNode statement, Map<String, PolicyNode> elements);

  ActionPattern action(PolicyNode action);

  Optional<Selection<ResourcePattern>> resources(
      PolicyNode statement, Map<String, PolicyNode> elements, Version version);

  /** What is wrong with a policy as a whole. */
  void check(PolicyDocument policy);
}
