package dev.berth.registry.authz;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.authz.Principal;
import dev.berth.core.policy.ApplicablePolicies;
import dev.berth.core.policy.PolicyEngine;
import dev.berth.core.policy.condition.Arn;
import dev.berth.core.policy.condition.RequestContext;
import dev.berth.registry.authz.ResourcePolicies.Found;
import dev.berth.registry.authz.ResourcePolicies.Repository;
import dev.berth.registry.identity.Grants;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Decides by all policies that apply: the principal's own, those of its session, and those of the
 * repository and the registry that the resource is in. What the wire says of the request is
 * completed by what the principal, the resource and the time add to it.
 */
public final class PolicyAuthorizer implements Authorizer {

  /**
   * What a registry policy is asked about: the actions by which other accounts replicate into the
   * registry (guide, "Private registry permissions"). Whatever else it names has no effect.
   */
  private static final Set<String> OF_REGISTRIES =
      Set.of("ecr:CreateRepository", "ecr:ReplicateImage");

  private static final Found NOTHING =
      new Found(Optional.empty(), Optional.empty(), new TreeMap<>());

  private final Function<Principal, Grants> identities;
  private final ResourcePolicies resources;
  private final Clock clock;

  /**
   * @param identities what a user, or a role for its session, has; not asked for a root, which has
   *     and needs nothing. To be answered from memory in the common case
   */
  public PolicyAuthorizer(
      Function<Principal, Grants> identities, ResourcePolicies resources, Clock clock) {
    this.identities = identities;
    this.resources = resources;
    this.clock = clock;
  }

  @Override
  public Decision decide(Attempt attempt) {
    Principal principal = attempt.principal();
    Grants grants = principal.isRoot() ? Grants.NONE : identities.apply(principal);
    Optional<Arn> arn = Arn.parse(attempt.resource());
    Found found = arn.flatMap(PolicyAuthorizer::repository).map(resources::find).orElse(NOTHING);
    RequestContext context =
        attempt
            .context()
            .and(
                new CallerKeys(principal, grants),
                new ResourceKeys(arn.map(Arn::account).orElse(""), found.tags()),
                new TimeKeys(clock.instant()));
    var complete = new Attempt(principal, attempt.action(), attempt.resource(), context);
    return PolicyEngine.decide(complete, policies(attempt, grants, found)).on(complete);
  }

  private ApplicablePolicies policies(Attempt attempt, Grants grants, Found found) {
    return new ApplicablePolicies(
        grants.policies(),
        found.repository(),
        found.registry().filter(policy -> OF_REGISTRIES.contains(attempt.action())),
        grants.boundary(),
        resources.ofSession(attempt.principal()));
  }

  /** The repository that an ARN names; empty for what all of them are meant by. */
  private static Optional<Repository> repository(Arn arn) {
    return arn.repositoryName()
        .filter(name -> !name.equals("*"))
        .map(name -> new Repository(arn.region(), arn.account(), name));
  }
}
