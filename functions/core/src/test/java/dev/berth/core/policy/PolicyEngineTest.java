package dev.berth.core.policy;

import static dev.berth.core.policy.Decisions.ANN;
import static dev.berth.core.policy.Decisions.APP;
import static dev.berth.core.policy.Decisions.ROOT;
import static dev.berth.core.policy.Decisions.SESSION;
import static dev.berth.core.policy.Decisions.STRANGER;
import static dev.berth.core.policy.Decisions.attempt;
import static dev.berth.core.policy.Decisions.identity;
import static dev.berth.core.policy.Decisions.onRegistry;
import static dev.berth.core.policy.Decisions.onRepository;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Authorizer.Decision;
import dev.berth.core.authz.Principal;
import dev.berth.core.policy.Verdict.Allowed;
import dev.berth.core.policy.Verdict.ExplicitlyDenied;
import dev.berth.core.policy.Verdict.ImplicitlyDenied;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyEngineTest {

  private static final ApplicablePolicies NONE = ApplicablePolicies.NONE;
  private static final PolicyDocument EVERYTHING =
      identity("'Effect':'Allow','Action':'*','Resource':'*'");
  private static final PolicyDocument NOTHING_HERE =
      identity("'Effect':'Allow','Action':'s3:*','Resource':'*'");
  private static final PolicyDocument DENY =
      identity("'Effect':'Deny','Action':'*','Resource':'*'");

  private static Verdict decide(Principal principal, ApplicablePolicies policies) {
    return PolicyEngine.decide(attempt(principal, "ecr:PutImage"), policies);
  }

  private static PolicyDocument allowing(String principal) {
    return onRepository("'Effect':'Allow','Principal':%s,'Action':'ecr:*'".formatted(principal));
  }

  private static PolicyDocument denying(String element) {
    return onRepository("'Effect':'Deny',%s,'Action':'ecr:*'".formatted(element));
  }

  @Test
  void whatNoPolicyAllowsIsDenied() {
    assertThat(decide(ANN, NONE)).isEqualTo(new ImplicitlyDenied(PolicyType.IDENTITY_BASED));
    assertThat(decide(ROOT, NONE)).isEqualTo(new Allowed());
    assertThat(decide(ANN, NONE.withIdentity(NOTHING_HERE, EVERYTHING))).isEqualTo(new Allowed());
  }

  @Test
  void aDenyAnywhereIsFirst() {
    var all = NONE.withIdentity(EVERYTHING).withRepository(allowing("'*'"));

    assertThat(decide(SESSION, all.withIdentity(EVERYTHING, DENY)))
        .isEqualTo(new ExplicitlyDenied(PolicyType.IDENTITY_BASED));
    assertThat(decide(SESSION, all.withBoundary(DENY)))
        .isEqualTo(new ExplicitlyDenied(PolicyType.PERMISSIONS_BOUNDARY));
    assertThat(decide(SESSION, all.withSession(DENY)))
        .isEqualTo(new ExplicitlyDenied(PolicyType.SESSION));
    assertThat(decide(SESSION, all.withRepository(denying("'Principal':'*'"))))
        .isEqualTo(new ExplicitlyDenied(PolicyType.RESOURCE_BASED));
    assertThat(
            decide(
                SESSION,
                all.withRegistry(
                    onRegistry(
                        "'Effect':'Deny','Principal':'*','Action':'*','Resource':'%s'"
                            .formatted(APP)))))
        .isEqualTo(new ExplicitlyDenied(PolicyType.RESOURCE_BASED));
  }

  @Test
  void boundaryAndSessionPolicyMustAllowToo() {
    var all = NONE.withIdentity(EVERYTHING);

    assertThat(decide(SESSION, all.withBoundary(EVERYTHING).withSession(EVERYTHING)))
        .isEqualTo(new Allowed());
    assertThat(decide(SESSION, all.withBoundary(NOTHING_HERE)))
        .isEqualTo(new ImplicitlyDenied(PolicyType.PERMISSIONS_BOUNDARY));
    assertThat(decide(SESSION, all.withSession(NOTHING_HERE)))
        .isEqualTo(new ImplicitlyDenied(PolicyType.SESSION));
  }

  @ParameterizedTest(name = "{0}: alone {1}, with a boundary that does not allow it {2}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "'*'; true; true",
        "{'AWS':'arn:aws:sts::123456789012:assumed-role/ci/run-1'}; true; true",
        "{'AWS':'arn:aws:iam::123456789012:role/ci'}; true; false",
        "{'AWS':'arn:aws:iam::123456789012:role/team/ci'}; true; false",
        "{'AWS':'123456789012'}; false; false",
        "{'AWS':'arn:aws:iam::123456789012:role/c'}; false; false",
        "{'AWS':'arn:aws:iam::111122223333:role/ci'}; false; false",
        "{'AWS':'arn:aws:iam::123456789012:user/ci'}; false; false",
        "{'AWS':'arn:aws:sts::123456789012:assumed-role/ci/run-2'}; false; false",
        "{'Service':'ecs.amazonaws.com'}; false; false"
      })
  void whatARepositorysPolicyAllowsByItselfDependsOnHowItNamesTheSession(
      String principal, boolean alone, boolean bounded) {
    var policies = NONE.withRepository(allowing(principal));

    assertThat(decide(SESSION, policies) instanceof Allowed).isEqualTo(alone);
    assertThat(
            decide(SESSION, policies.withBoundary(NOTHING_HERE).withSession(NOTHING_HERE))
                instanceof Allowed)
        .isEqualTo(bounded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'*'",
        "{'AWS':'111122223333'}",
        "{'AWS':'arn:aws:iam::111122223333:root'}",
        "{'AWS':'arn:aws:iam::111122223333:user/ann'}"
      })
  void acrossAccountsBothSidesMustAllow(String principal) {
    var resource = NONE.withRepository(allowing(principal));

    assertThat(decide(STRANGER, resource.withIdentity(EVERYTHING))).isEqualTo(new Allowed());
    assertThat(decide(STRANGER, resource))
        .isEqualTo(new ImplicitlyDenied(PolicyType.IDENTITY_BASED));
    assertThat(decide(STRANGER, NONE.withIdentity(EVERYTHING)))
        .isEqualTo(new ImplicitlyDenied(PolicyType.RESOURCE_BASED));
    assertThat(decide(STRANGER, resource.withIdentity(EVERYTHING).withBoundary(NOTHING_HERE)))
        .isEqualTo(new ImplicitlyDenied(PolicyType.PERMISSIONS_BOUNDARY));
  }

  @Test
  void theRootOfAnotherAccountNeedsTheResourcesPolicyAlone() {
    Principal root = Principal.root(Decisions.OTHER, "AKIAEXAMPLE");

    assertThat(decide(root, NONE)).isEqualTo(new ImplicitlyDenied(PolicyType.RESOURCE_BASED));
    assertThat(decide(root, NONE.withRepository(allowing("{'AWS':'111122223333'}"))))
        .isEqualTo(new Allowed());
  }

  @Test
  void aDenyIsAboutRootTooButNotAboutItsWayBack() {
    var locked = NONE.withRepository(denying("'Principal':'*'"));

    assertThat(decide(ROOT, locked)).isEqualTo(new ExplicitlyDenied(PolicyType.RESOURCE_BASED));
    for (String action : new String[] {"Get", "Set", "Delete"}) {
      String way = "ecr:" + action + "RepositoryPolicy";
      assertThat(PolicyEngine.decide(attempt(ROOT, way), locked)).isEqualTo(new Allowed());
      assertThat(PolicyEngine.decide(attempt(ANN, way), locked.withIdentity(EVERYTHING)))
          .isEqualTo(new ExplicitlyDenied(PolicyType.RESOURCE_BASED));
    }
  }

  @ParameterizedTest(name = "{0} is denied: {1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "'AWS':'arn:aws:sts::123456789012:assumed-role/ci/run-1'; false",
        "'AWS':'*'; false",
        "'AWS':'arn:aws:iam::123456789012:role/ci'; true",
        "'AWS':'123456789012'; true",
        "'AWS':'arn:aws:iam::123456789012:user/bob'; true"
      })
  void notPrincipalExemptsWhomItNames(String named, boolean denied) {
    var policies =
        NONE.withIdentity(EVERYTHING)
            .withRepository(denying("'NotPrincipal':{%s}".formatted(named)));

    assertThat(decide(SESSION, policies) instanceof ExplicitlyDenied).isEqualTo(denied);
    assertThat(decide(SESSION, policies.withBoundary(EVERYTHING)))
        .as("who has a boundary is never exempt")
        .isEqualTo(new ExplicitlyDenied(PolicyType.RESOURCE_BASED));
  }

  @Test
  void aServiceMayDoWhatTheRepositorysPolicyAllows() {
    Principal codebuild = Decisions.principal("", "codebuild.amazonaws.com");

    assertThat(
            decide(
                codebuild, NONE.withRepository(allowing("{'Service':'codebuild.amazonaws.com'}"))))
        .isEqualTo(new Allowed());
    assertThat(decide(codebuild, NONE.withRepository(allowing("{'Service':'ecs.amazonaws.com'}"))))
        .isEqualTo(new ImplicitlyDenied(PolicyType.RESOURCE_BASED));
  }

  @Test
  void anActionOnNoResourceIsInTheCallersAccount() {
    var login = new Attempt(ANN, "ecr:GetAuthorizationToken", "*");

    assertThat(PolicyEngine.decide(login, NONE.withIdentity(EVERYTHING))).isEqualTo(new Allowed());
    assertThat(
            PolicyEngine.decide(
                login,
                NONE.withIdentity(
                    identity("'Effect':'Allow','Action':'*','Resource':'arn:aws:ecr:*:*:*'"))))
        .isEqualTo(new ImplicitlyDenied(PolicyType.IDENTITY_BASED));
  }

  @Test
  void whatDependsOnAVariableWithoutAValueAllowsNothing() {
    var other =
        identity(
            "'Effect':'Allow','Action':'*','NotResource':'arn:aws:ecr:*:*:repository/${aws:username}'");

    assertThat(decide(ANN, NONE.withIdentity(other))).isNotEqualTo(new Allowed());
    assertThat(
            PolicyEngine.decide(
                attempt(ANN, "ecr:PutImage", "aws:username", "ann"), NONE.withIdentity(other)))
        .isEqualTo(new Allowed());
  }

  @Test
  void denialsReadAsAwss() {
    String start =
        "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: ecr:PutImage on"
            + " resource: "
            + APP;

    assertThat(message(NONE))
        .isEqualTo(start + " because no identity-based policy allows the ecr:PutImage action");
    assertThat(message(NONE.withIdentity(EVERYTHING).withBoundary(NOTHING_HERE)))
        .isEqualTo(start + " because no permissions boundary allows the ecr:PutImage action");
    assertThat(message(NONE.withIdentity(DENY)))
        .isEqualTo(start + " with an explicit deny in an identity-based policy");
    assertThat(message(NONE.withRepository(denying("'Principal':'*'"))))
        .isEqualTo(start + " with an explicit deny in a resource-based policy");
  }

  private static String message(ApplicablePolicies policies) {
    Attempt attempt = attempt(ANN, "ecr:PutImage");
    return ((Decision.Denied) PolicyEngine.decide(attempt, policies).on(attempt)).message();
  }
}
