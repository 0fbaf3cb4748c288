package dev.berth.core.policy;

import static dev.berth.core.policy.Decisions.ANN;
import static dev.berth.core.policy.Decisions.APP;
import static dev.berth.core.policy.Decisions.ROOT;
import static dev.berth.core.policy.Decisions.STRANGER;
import static dev.berth.core.policy.Decisions.attempt;
import static dev.berth.core.policy.Decisions.identity;
import static dev.berth.core.policy.Decisions.onRegistry;
import static dev.berth.core.policy.Decisions.onRepository;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Principal;
import dev.berth.core.policy.Verdict.Allowed;
import dev.berth.core.policy.condition.RequestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide's policies do what the guide says of them. */
class GuideDecisionsTest {

  private static final ApplicablePolicies NONE = ApplicablePolicies.NONE;
  private static final ApplicablePolicies PULLER =
      NONE.withIdentity(ManagedPolicy.READ_ONLY.document());

  private static boolean allows(Attempt attempt, ApplicablePolicies policies) {
    return PolicyEngine.decide(attempt, policies) instanceof Allowed;
  }

  @ParameterizedTest(name = "{0}: read only {1}, power {2}, full {3}, administrator {4}")
  @CsvSource({
    "ecr:GetAuthorizationToken, true, true, true, true",
    "ecr:BatchGetImage, true, true, true, true",
    "ecr:PutImage, false, true, true, true",
    "ecr:CompleteLayerUpload, false, true, true, true",
    "ecr:DeleteRepository, false, false, true, true",
    "ecr:SetRepositoryPolicy, false, false, true, true",
    "cloudtrail:LookupEvents, false, false, true, true",
    "iam:CreateUser, false, false, false, true"
  })
  void theManagedPoliciesAllowWhatTheirNamesSay(
      String action, boolean readOnly, boolean power, boolean full, boolean administrator) {
    assertThat(managed("AmazonEC2ContainerRegistryReadOnly", action)).isEqualTo(readOnly);
    assertThat(managed("AmazonEC2ContainerRegistryPowerUser", action)).isEqualTo(power);
    assertThat(managed("AmazonEC2ContainerRegistryFullAccess", action)).isEqualTo(full);
    assertThat(managed("AdministratorAccess", action)).isEqualTo(administrator);
  }

  private static boolean managed(String name, String action) {
    var policy = ManagedPolicy.byArn("arn:aws:iam::aws:policy/" + name).orElseThrow();
    assertThat(policy.policyName()).isEqualTo(name);
    return allows(attempt(ANN, action), NONE.withIdentity(policy.document()));
  }

  @Test
  void otherManagedPoliciesAreNotKnown() {
    assertThat(ManagedPolicy.byArn("arn:aws:iam::aws:policy/AmazonS3FullAccess")).isEmpty();
  }

  @Test
  void usersViewTheirOwnPermissions() {
    var own =
        NONE.withIdentity(
            identity(
                "'Sid':'ViewOwnUserInfo','Effect':'Allow','Action':['iam:GetUserPolicy','iam:GetUser'],"
                    + "'Resource':['arn:aws:iam::*:user/${aws:username}']"));
    var context = RequestContext.builder().with("aws:username", "ann").build();

    assertThat(allows(new Attempt(ANN, "iam:GetUser", ANN.arn(), context), own)).isTrue();
    assertThat(
            allows(new Attempt(ANN, "iam:GetUser", ANN.arn().replace("ann", "bob"), context), own))
        .isFalse();
  }

  @Test
  void accessToOneRepositoryIsToThatAlone() {
    var one =
        NONE.withIdentity(
            identity(
                "'Sid':'ManageRepositoryContents','Effect':'Allow','Action':['ecr:PutImage'],"
                    + "'Resource':'%s'".formatted(APP)));

    assertThat(allows(attempt(ANN, "ecr:PutImage"), one)).isTrue();
    assertThat(allows(new Attempt(ANN, "ecr:PutImage", Decisions.repository("app2")), one))
        .isFalse();
  }

  @Test
  void usersOfTheAccountPushByTheRepositorysPolicyAlone() {
    var policy =
        NONE.withRepository(
            onRepository(
                "'Effect':'Allow','Principal':{'AWS':['%s','arn:aws:iam::123456789012:user/bob']},"
                        .formatted(ANN.arn())
                    + "'Action':['ecr:PutImage']"));

    assertThat(allows(attempt(ANN, "ecr:PutImage"), policy)).isTrue();
    assertThat(allows(attempt(ANN, "ecr:BatchGetImage"), policy)).isFalse();
    assertThat(allows(attempt(Decisions.user(Decisions.ACCOUNT, "eve"), "ecr:PutImage"), policy))
        .isFalse();
  }

  @Test
  void anotherAccountPullsWhenBothSidesAllow() {
    var policy =
        onRepository(
            "'Sid':'AllowPull','Effect':'Allow','Principal':'*',"
                + "'Action':['ecr:BatchGetImage','ecr:GetDownloadUrlForLayer']");

    assertThat(allows(attempt(STRANGER, "ecr:BatchGetImage"), PULLER.withRepository(policy)))
        .isTrue();
    assertThat(allows(attempt(STRANGER, "ecr:BatchGetImage"), NONE.withRepository(policy)))
        .isFalse();
    assertThat(allows(attempt(STRANGER, "ecr:BatchGetImage"), PULLER)).isFalse();
  }

  @Test
  void denyAllDeniesEverybodyThePull() {
    var policies =
        PULLER.withRepository(
            onRepository(
                "'Sid':'DenyPull','Effect':'Deny','Principal':'*',"
                    + "'Action':['ecr:BatchGetImage','ecr:GetDownloadUrlForLayer']"));

    assertThat(allows(attempt(ANN, "ecr:BatchGetImage"), policies)).isFalse();
    assertThat(allows(attempt(ROOT, "ecr:BatchGetImage"), policies)).isFalse();
    assertThat(allows(attempt(ANN, "ecr:ListImages"), policies)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "54.240.143.1, true",
    "54.240.143.188, false",
    "54.240.144.1, false",
    "2001:db8::1, false"
  })
  void oneRangeOfAddressesMayButForOneOfThem(String address, boolean allowed) {
    var policy =
        onRepository(
            "'Sid':'IPAllow','Effect':'Allow','Principal':'*','Action':'ecr:*','Condition':{"
                + "'NotIpAddress':{'aws:SourceIp':'54.240.143.188/32'},"
                + "'IpAddress':{'aws:SourceIp':'54.240.143.0/24'}}");
    var attempt = attempt(ANN, "ecr:PutImage", "aws:SourceIp", address);

    assertThat(allows(attempt, NONE.withRepository(policy))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecr:CreateRepository", "ecr:TagResource"})
  void repositoriesAreTaggedAsAllowedOnly(String action) {
    var policies =
        NONE.withIdentity(
            identity(
                "'Effect':'Allow','Action':['ecr:CreateRepository','ecr:TagResource'],'Resource':'*',"
                    + "'Condition':{'StringEquals':{'aws:RequestTag/environment':'dev'}}"));
    String key = "aws:RequestTag/environment";

    assertThat(allows(attempt(ANN, action, key, "dev"), policies)).isTrue();
    assertThat(allows(attempt(ANN, action, key, "prod"), policies)).isFalse();
    assertThat(allows(attempt(ANN, action), policies)).isFalse();
  }

  @Test
  void repositoriesOfProductionAreOutOfReach() {
    var policies =
        NONE.withIdentity(
            identity("'Effect':'Allow','Action':'ecr:*','Resource':'*'"),
            identity(
                "'Effect':'Deny','Action':'ecr:*','Resource':'*',"
                    + "'Condition':{'StringEquals':{'ecr:ResourceTag/environment':'prod'}}"));
    String key = "ecr:ResourceTag/environment";

    assertThat(allows(attempt(ANN, "ecr:PutImage", key, "dev"), policies)).isTrue();
    assertThat(allows(attempt(ANN, "ecr:PutImage", key, "prod"), policies)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "prod-app, ecr:ReplicateImage, true",
    "prod-app, ecr:CreateRepository, true",
    "test-app, ecr:ReplicateImage, false",
    "prod-app, ecr:PutImage, false"
  })
  void anotherAccountReplicatesWhatThePrefixAllows(
      String repository, String action, boolean allowed) {
    var policy =
        onRegistry(
            "'Sid':'ReplicationAccessCrossAccount','Effect':'Allow',"
                + "'Principal':{'AWS':'arn:aws:iam::111122223333:root'},"
                + "'Action':['ecr:CreateRepository','ecr:ReplicateImage'],"
                + "'Resource':['arn:aws:ecr:us-east-1:123456789012:repository/prod-*']");
    Principal source = Principal.root(Decisions.OTHER, "AKIAEXAMPLE");
    var attempt = new Attempt(source, action, Decisions.repository(repository));

    assertThat(allows(attempt, NONE.withRegistry(policy))).isEqualTo(allowed);
  }

  /** The guide's own text of an identity policy has one, which IAM refuses. */
  @Test
  void aPrincipalInAnIdentityPolicyIsRefused() {
    assertThatThrownBy(
            () -> identity("'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'"))
        .hasMessage("Policy document should not specify a principal.");
  }
}
