package dev.berth.core.policy;

import static dev.berth.core.policy.PolicyType.IDENTITY_BASED;
import static dev.berth.core.policy.PolicyType.PERMISSIONS_BOUNDARY;
import static dev.berth.core.policy.PolicyType.RESOURCE_BASED;
import static dev.berth.core.policy.PolicyType.SESSION;

import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.policy.Verdict.Allowed;
import dev.berth.core.policy.Verdict.ExplicitlyDenied;
import dev.berth.core.policy.Verdict.ImplicitlyDenied;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides attempts by the policies that apply to them (IAM User Guide, "Policy evaluation logic"):
 * a Deny in any of them first; then, in the account of the resource, what a principal's own or the
 * resource's policies allow; from another account what both allow. A root may do everything in its
 * own account that no Deny is about.
 */
public final class PolicyEngine {

  /**
   * What the root of a resource's account may always do to the resource's policy, so that no policy
   * locks everybody out, as S3 has it for the policies of buckets. ECR's root would have to ask
   * AWS's support, which a registry that is one's own does not have.
   */
  private static final Set<String> ROOTS_WAY_BACK =
      Set.of(
          "ecr:getrepositorypolicy",
          "ecr:setrepositorypolicy",
          "ecr:deleterepositorypolicy",
          "ecr:getregistrypolicy",
          "ecr:putregistrypolicy",
          "ecr:deleteregistrypolicy");

  private PolicyEngine() {}

  public static Verdict decide(Attempt attempt, ApplicablePolicies policies) {
    Question question = Question.of(attempt, policies.boundary().isPresent());
    Caller caller = question.caller();
    boolean sameAccount = isOf(caller, attempt.resource(), question);
    if (sameAccount && caller.isRoot() && ROOTS_WAY_BACK.contains(question.action())) {
      return new Allowed();
    }
    List<Answer> ownPolicies =
        caller.isRoot() || caller.isService() ? List.of() : ownPolicies(question, policies);
    Answer resource =
        Answer.of(
            RESOURCE_BASED,
            question,
            Stream.of(policies.registry(), policies.repository())
                .flatMap(Optional::stream)
                .toList());
    return firstDeny(ownPolicies, resource)
        .or(() -> fromResource(sameAccount, resource, ownPolicies))
        .or(() -> ownPolicies.stream().flatMap(answer -> answer.notAllowing().stream()).findFirst())
        .orElseGet(() -> withOwnPolicies(sameAccount, resource));
  }

  /**
   * Decides who may assume a role (IAM User Guide, "How to use trust policies with IAM roles"): as
   * for other resources, but that the role's trust policy has to allow it in any case.
   *
   * @param own policies of the principal that is about to assume the role
   */
  public static Verdict decideAssumption(
      Attempt attempt, PolicyDocument trust, ApplicablePolicies own) {
    Verdict verdict = decide(attempt, own.withRepository(trust));
    Question question = Question.of(attempt, own.boundary().isPresent());
    boolean trusted = Answer.of(RESOURCE_BASED, question, List.of(trust)).allows() != Naming.NOT;
    return verdict instanceof Allowed && !trusted ? new ImplicitlyDenied(RESOURCE_BASED) : verdict;
  }

  /** Of the account in which the resource is; an action on none is in the caller's. */
  private static boolean isOf(Caller caller, String resource, Question question) {
    return resource.equals("*")
        || question.resource().filter(arn -> arn.account().equals(caller.account())).isPresent();
  }

  /** Of each type that the principal has, all of which must allow. */
  private static List<Answer> ownPolicies(Question question, ApplicablePolicies policies) {
    Answer identity = Answer.of(IDENTITY_BASED, question, policies.identity());
    Stream<Answer> boundary =
        policies.boundary().stream()
            .map(policy -> Answer.of(PERMISSIONS_BOUNDARY, question, List.of(policy)));
    Stream<Answer> session =
        policies.session().isEmpty()
            ? Stream.empty()
            : Stream.of(Answer.of(SESSION, question, policies.session()));
    return Stream.of(Stream.of(identity), boundary, session).flatMap(answers -> answers).toList();
  }

  private static Optional<Verdict> firstDeny(List<Answer> ownPolicies, Answer resource) {
    return Stream.concat(ownPolicies.stream(), Stream.of(resource))
        .filter(Answer::denies)
        .<Verdict>map(answer -> new ExplicitlyDenied(answer.type()))
        .findFirst();
  }

  /**
   * What a resource's policy decides in its own account by itself (IAM User Guide, "Policy
   * evaluation for requests within a single account"): all for whom it names directly; for a
   * session that it names by its role, all that the boundary and the session policy allow too.
   */
  private static Optional<Verdict> fromResource(
      boolean sameAccount, Answer resource, List<Answer> ownPolicies) {
    if (!sameAccount || resource.allows().compareTo(Naming.BY_ROLE) < 0) {
      return Optional.empty();
    }
    if (resource.allows() == Naming.DIRECTLY) {
      return Optional.of(new Allowed());
    }
    return ownPolicies.stream()
        .filter(answer -> answer.type() != IDENTITY_BASED)
        .flatMap(answer -> answer.notAllowing().stream())
        .findFirst()
        .or(() -> Optional.of(new Allowed()));
  }

  private static Verdict withOwnPolicies(boolean sameAccount, Answer resource) {
    return sameAccount || resource.allows() != Naming.NOT
        ? new Allowed()
        : new ImplicitlyDenied(RESOURCE_BASED);
  }

  /**
   * What the policies of one type say.
   *
   * @param allows how those statements that allow it name the caller
   */
  private record Answer(PolicyType type, boolean denies, Naming allows) {

    static Answer of(PolicyType type, Question question, List<PolicyDocument> policies) {
      Naming allows = Naming.NOT;
      for (PolicyDocument policy : policies) {
        for (Statement statement : policy.statements()) {
          Naming naming = statement.applies(question);
          if (naming != Naming.NOT && statement.effect() == Effect.DENY) {
            return new Answer(type, true, Naming.NOT);
          }
          allows = allows.or(naming);
        }
      }
      return new Answer(type, false, allows);
    }

    Optional<Verdict> notAllowing() {
      return allows == Naming.NOT ? Optional.of(new ImplicitlyDenied(type)) : Optional.empty();
    }
  }
}
