package dev.berth.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Principal;
import dev.berth.core.policy.Verdict.Allowed;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of decisions whatever the policies are. */
class DecisionLawsTest {

  private static final List<String> ACTIONS =
      List.of("ecr:*", "ecr:PutImage", "ecr:Batch*", "s3:*");
  private static final List<String> RESOURCES =
      List.of("*", "arn:aws:ecr:*:*:repository/a*", "arn:aws:ecr:*:*:repository/b");
  private static final List<String> PRINCIPALS =
      List.of(
          "'*'",
          "{'AWS':'123456789012'}",
          "{'AWS':'arn:aws:iam::123456789012:user/ann'}",
          "{'AWS':'arn:aws:iam::123456789012:role/ci'}",
          "{'AWS':'111122223333'}");

  @Provide
  Arbitrary<PolicyDocument> identities() {
    return Combinators.combine(
            Arbitraries.of("Allow", "Deny"),
            Arbitraries.of("Action", "NotAction"),
            Arbitraries.of(ACTIONS),
            Arbitraries.of("Resource", "NotResource"),
            Arbitraries.of(RESOURCES))
        .as("'Effect':'%s','%s':'%s','%s':'%s'"::formatted)
        .map(Decisions::identity);
  }

  @Provide
  Arbitrary<PolicyDocument> repositories() {
    return Combinators.combine(
            Arbitraries.of("Allow", "Deny"),
            Arbitraries.of(PRINCIPALS),
            Arbitraries.of("Action", "NotAction"),
            Arbitraries.of("ecr:*", "ecr:PutImage", "ecr:Batch*"))
        .as("'Effect':'%s','Principal':%s,'%s':'%s'"::formatted)
        .map(Decisions::onRepository);
  }

  @Provide
  Arbitrary<Attempt> attempts() {
    return Combinators.combine(
            Arbitraries.of(Decisions.ANN, Decisions.SESSION, Decisions.STRANGER, Decisions.ROOT),
            Arbitraries.of("ecr:PutImage", "ecr:BatchGetImage", "ecr:SetRepositoryPolicy"))
        .as(Decisions::attempt);
  }

  private static boolean allows(Attempt attempt, ApplicablePolicies policies) {
    return PolicyEngine.decide(attempt, policies) instanceof Allowed;
  }

  @Property
  void anotherPolicyThatOnlyDeniesNeverAllowsMore(
      @ForAll("attempts") Attempt attempt,
      @ForAll("identities") PolicyDocument identity,
      @ForAll("repositories") PolicyDocument repository,
      @ForAll("identities") PolicyDocument added) {
    var before = ApplicablePolicies.NONE.withIdentity(identity).withRepository(repository);
    var after = before.withIdentity(identity, denying(added));

    assertThat(!allows(attempt, before) && allows(attempt, after)).isFalse();
  }

  @Property
  void aBoundaryOrASessionPolicyNeverAllowsMore(
      @ForAll("attempts") Attempt attempt,
      @ForAll("identities") PolicyDocument identity,
      @ForAll("repositories") PolicyDocument repository,
      @ForAll("identities") PolicyDocument limit) {
    var before = ApplicablePolicies.NONE.withIdentity(identity).withRepository(repository);

    assertThat(!allows(attempt, before) && allows(attempt, before.withBoundary(limit))).isFalse();
    assertThat(!allows(attempt, before) && allows(attempt, before.withSession(limit))).isFalse();
  }

  @Property
  void theOrderOfPoliciesDoesNotMatter(
      @ForAll("attempts") Attempt attempt,
      @ForAll("identities") PolicyDocument one,
      @ForAll("identities") PolicyDocument two) {
    var none = ApplicablePolicies.NONE;

    assertThat(PolicyEngine.decide(attempt, none.withIdentity(one, two)))
        .isEqualTo(PolicyEngine.decide(attempt, none.withIdentity(two, one)));
  }

  @Property
  void aStrangerWhomTheResourceDoesNotAllowIsDeniedWhateverItsOwnPolicies(
      @ForAll("identities") PolicyDocument own) {
    Principal stranger = Decisions.STRANGER;

    assertThat(
            allows(
                Decisions.attempt(stranger, "ecr:PutImage"),
                ApplicablePolicies.NONE.withIdentity(own)))
        .isFalse();
  }

  private static PolicyDocument denying(PolicyDocument policy) {
    List<Statement> statements = new ArrayList<>();
    for (Statement each : policy.statements()) {
      statements.add(
          new Statement(
              each.sid(),
              Effect.DENY,
              each.principals(),
              each.actions(),
              each.resources(),
              each.conditions()));
    }
    return new PolicyDocument(policy.text(), policy.version(), policy.id(), statements);
  }
}
