package dev.berth.lambda.iam;

import dev.berth.core.secret.Sealer;
import dev.berth.lambda.query.QueryAction;
import dev.berth.registry.identity.Identities;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** The table of the actions. */
public final class IamActions {

  private final List<QueryAction> actions;

  private IamActions(Stream<QueryAction> actions) {
    this.actions = actions.<QueryAction>map(StoreErrors::new).toList();
  }

  /**
   * @param sealer of {@code Purpose.PAGE_POSITION}
   */
  public static IamActions of(Identities identities, Sealer sealer, Clock clock) {
    var paging = new Paging(sealer);
    var roles = new RoleKind(identities.roles());
    var users = new UserKind(identities.users());
    return new IamActions(
        Stream.of(
                ofUsers(identities, users, paging, clock),
                ofAccessKeys(identities, paging),
                ofRoles(identities, roles, paging, clock),
                ofServiceLinkedRoles(identities, roles),
                ofPolicies(identities, paging, clock),
                ofEither(users, paging),
                ofEither(roles, paging))
            .flatMap(List::stream));
  }

  private static List<QueryAction> ofUsers(
      Identities identities, UserKind users, Paging paging, Clock clock) {
    return List.of(
        new CreateUser(identities.users(), clock),
        new GetUser(identities.users(), new OwnUserKind(identities.users())),
        new ListUsers(identities.users(), paging),
        new ListNothing("ListGroupsForUser", users, "Groups", paging));
  }

  private static List<QueryAction> ofAccessKeys(Identities identities, Paging paging) {
    var owner = new OwnUserKind(identities.users());
    return List.of(
        new CreateAccessKey(owner, identities.accessKeys()),
        new ListAccessKeys(owner, identities.users(), paging),
        new UpdateAccessKey(owner, identities.accessKeys()),
        new DeleteAccessKey(owner, identities.accessKeys()));
  }

  private static List<QueryAction> ofRoles(
      Identities identities, RoleKind roles, Paging paging, Clock clock) {
    var descriptions = new Descriptions(roles, identities.serviceLinkedRoles());
    var trust = new TrustPolicies(identities);
    return List.of(
        new CreateRole(identities.roles(), trust, clock),
        new GetRole(identities.roles(), roles),
        new ListRoles(identities.roles(), paging),
        new UpdateRole(roles, descriptions),
        new UpdateRoleDescription(roles, descriptions),
        new UpdateAssumeRolePolicy(roles, trust),
        new ListNothing("ListInstanceProfilesForRole", roles, "InstanceProfiles", paging));
  }

  private static List<QueryAction> ofServiceLinkedRoles(Identities identities, RoleKind roles) {
    return List.of(
        new DeleteServiceLinkedRole(roles, identities.serviceLinkedRoles()),
        new GetServiceLinkedRoleDeletionStatus(identities.serviceLinkedRoles()));
  }

  private static List<QueryAction> ofPolicies(Identities identities, Paging paging, Clock clock) {
    var policies = new ManagedPolicies(identities.policies(), new PolicyUse(identities));
    return List.of(
        new CreatePolicy(identities.policies(), clock),
        new GetPolicy(policies),
        new ListPolicies(policies, paging),
        new DeletePolicy(identities.policies()),
        new GetPolicyVersion(policies),
        new ListPolicyVersions(policies, paging));
  }

  /** What there is for users and roles alike: {@code TagUser} and {@code TagRole}. */
  private static List<QueryAction> ofEither(EntityKind kind, Paging paging) {
    return List.of(
        new DeleteEntity(kind),
        new TagEntity(kind),
        new UntagEntity(kind),
        new ListEntityTags(kind, paging),
        new PutInlinePolicy(kind),
        new GetInlinePolicy(kind),
        new ListInlinePolicies(kind, paging),
        new DeleteInlinePolicy(kind),
        new AttachPolicy(kind),
        new DetachPolicy(kind),
        new ListAttachedPolicies(kind, paging),
        new PutBoundary(kind),
        new DeleteBoundary(kind));
  }

  List<QueryAction> all() {
    return actions;
  }
}
