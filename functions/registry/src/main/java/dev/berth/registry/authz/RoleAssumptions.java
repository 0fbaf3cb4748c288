package dev.berth.registry.authz;

import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Principal;
import dev.berth.core.authz.Session;
import dev.berth.core.policy.ApplicablePolicies;
import dev.berth.core.policy.PolicyDocument;
import dev.berth.core.policy.PolicyEngine;
import dev.berth.core.policy.PolicyReader;
import dev.berth.core.policy.Verdict.Allowed;
import dev.berth.core.policy.condition.RequestContext;
import dev.berth.registry.identity.Grants;
import dev.berth.registry.identity.KeptPolicy;
import dev.berth.registry.identity.Role;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides who may assume a role: what its trust policy says, with what the caller and its session
 * have (IAM User Guide, "How to use trust policies with IAM roles").
 */
public final class RoleAssumptions {

  private static final String ROLE_TAG = "iam:resourcetag/";

  private final Function<Principal, Grants> identities;
  private final Clock clock;

  /**
   * @param identities what a user, or a role for its session, has
   */
  public RoleAssumptions(Function<Principal, Grants> identities, Clock clock) {
    this.identities = identities;
    this.clock = clock;
  }

  /**
   * @param action {@code sts:AssumeRole} or {@code sts:TagSession}
   * @param context what the request says
   */
  public boolean allows(Principal caller, String action, Role role, RequestContext context) {
    Grants grants = identities.apply(caller);
    RequestContext complete =
        context.and(
            new CallerKeys(caller, grants),
            new ResourceKeys(role.account(), role.tags()),
            key -> roleTags(role, key),
            new TimeKeys(clock.instant()));
    PolicyDocument trust =
        KeptPolicy.ofResource(PolicyReader.ofTrust(), role.trustPolicy(), role.arn());
    return PolicyEngine.decideAssumption(
            new Attempt(caller, action, role.arn(), complete), trust, own(caller, grants))
        instanceof Allowed;
  }

  private static List<String> roleTags(Role role, String key) {
    return key.startsWith(ROLE_TAG)
        ? TagKeys.values(role.tags(), key.substring(ROLE_TAG.length()))
        : List.of();
  }

  private static ApplicablePolicies own(Principal caller, Grants grants) {
    List<String> session = caller.session().map(Session::policies).orElse(List.of());
    return new ApplicablePolicies(
        grants.policies(),
        Optional.empty(),
        Optional.empty(),
        grants.boundary(),
        session.stream().map(text -> KeptPolicy.ofIdentity(text, caller.arn())).toList());
  }
}
