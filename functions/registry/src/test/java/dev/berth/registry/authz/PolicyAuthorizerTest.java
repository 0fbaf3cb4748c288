package dev.berth.registry.authz;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Authorizer.Decision;
import dev.berth.core.authz.Authorizer.Decision.Allowed;
import dev.berth.core.authz.Authorizer.Decision.Denied;
import dev.berth.core.authz.Principal;
import dev.berth.core.authz.Session;
import dev.berth.core.authz.Session.AssumedRole;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.policy.PolicyDocument;
import dev.berth.core.policy.PolicyReader;
import dev.berth.core.policy.PolicySize;
import dev.berth.core.quota.Quotas;
import dev.berth.registry.encryption.MemoryKeys;
import dev.berth.registry.identity.Grants;
import dev.berth.registry.repository.Repositories;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.repository.RepositoryPolicies;
import dev.berth.registry.repository.ResourceTags;
import dev.berth.registry.settings.RegistryPolicies;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.Table;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyAuthorizerTest {

  private static final String ACCOUNT = "123456789012";
  private static final String OTHER = "111122223333";
  private static final RepositoryName APP = new RepositoryName("app");
  private static final Principal ROOT = Principal.root(ACCOUNT, "AKIAROOT");
  private static final Principal ANN = user("dev/ann");
  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
  private final MemoryTable table = new MemoryTable();
  private final ResourcePolicies resources = new ResourcePolicies(table, clock);
  private final Table watched = resources.watched();
  private final Repositories repositories =
      new Repositories(watched, new MemoryKeys(), clock, Quotas.standard());
  private final RepositoryPolicies policies = new RepositoryPolicies(watched);
  private final AtomicReference<Grants> grants = new AtomicReference<>(Grants.NONE);
  private final PolicyAuthorizer authorizer =
      new PolicyAuthorizer(any -> grants.get(), resources, clock);

  @BeforeEach
  void aRepository() {
    repositories.create(ACCOUNT, APP, Settings.defaults(), Map.of());
  }

  private static Principal user(String pathAndName) {
    String arn = "arn:aws:iam::%s:user/%s".formatted(ACCOUNT, pathAndName);
    return new Principal(ACCOUNT, arn, "AIDAANN", "AKIAANN");
  }

  private static Principal sessionOfRole(List<String> policies, Map<String, String> tags) {
    var role = new AssumedRole("arn:aws:iam::123456789012:role/team/ci", "ci", "AROACI");
    return new Principal(
        ACCOUNT,
        "arn:aws:sts::123456789012:assumed-role/ci/run-1",
        "AROACI:run-1",
        "ASIACI",
        Optional.of(
            new Session(START, START.plusSeconds(3600), Optional.of(role), policies, tags)));
  }

  private static String text(String statement) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":{%s}}"
        .formatted(statement.replace('\'', '"'));
  }

  private static PolicyDocument onRepository(String statement) {
    return PolicyReader.ofRepository().read(text(statement));
  }

  private static PolicyDocument identity(String statement) {
    return PolicyReader.ofIdentity(PolicySize.MANAGED).read(text(statement));
  }

  private void grant(String statement) {
    grants.set(new Grants(List.of(identity(statement)), Optional.empty(), Map.of()));
  }

  private Decision decide(Principal principal, String action) {
    return decide(principal, action, "app");
  }

  private Decision decide(Principal principal, String action, String repository) {
    return authorizer.decide(
        new Attempt(
            principal,
            action,
            "arn:aws:ecr:us-east-1:%s:repository/".formatted(ACCOUNT) + repository));
  }

  private boolean may(Principal principal, String action) {
    return decide(principal, action) instanceof Allowed;
  }

  @Test
  void aRootNeedsNoPolicyInItsAccountAndHasNoneInAnother() {
    assertThat(may(ROOT, "ecr:PutImage")).isTrue();
    assertThat(may(ANN, "ecr:PutImage")).isFalse();
    assertThat(decide(Principal.root(OTHER, "AKIAOTHER"), "ecr:PutImage"))
        .isEqualTo(
            new Denied(
                "User: arn:aws:iam::111122223333:root is not authorized to perform: ecr:PutImage on"
                    + " resource: arn:aws:ecr:us-east-1:123456789012:repository/app because no"
                    + " resource-based policy allows the ecr:PutImage action"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:ecr:us-east-1:999999999999:repository/a:123456789012:b",
        "arn:aws:ecr:123456789012:999999999999:repository/app",
        "arn:aws:ecr:us-east-1::123456789012:repository/app",
        "repository/:123456789012:app",
        ""
      })
  void whatAResourceIsCalledDoesNotPutItIntoAnAccount(String resource) {
    assertThat(authorizer.decide(new Attempt(ROOT, "ecr:PutImage", resource)))
        .isInstanceOf(Denied.class);
  }

  @Test
  void aRepositoryIsReadOncePerFiveSeconds() {
    table.takeCalls();
    may(ROOT, "ecr:PutImage");
    assertThat(table.takeCalls()).isEqualTo(1);

    may(ANN, "ecr:BatchGetImage");
    decide(ROOT, "ecr:DescribeRepositories", "*");
    assertThat(table.takeCalls()).isZero();

    now.set(START.plusSeconds(5));
    may(ROOT, "ecr:PutImage");
    assertThat(table.takeCalls()).isEqualTo(1);
  }

  @Test
  void aRepositoryThatIsNotThereIsRememberedToo() {
    decide(ROOT, "ecr:PutImage", "none");
    table.takeCalls();

    decide(ROOT, "ecr:PutImage", "none");
    assertThat(table.takeCalls()).isZero();
  }

  @Test
  void whatThisProcessWritesActsAtOnce() {
    assertThat(may(ANN, "ecr:PutImage")).isFalse();

    policies.set(
        ACCOUNT,
        APP,
        onRepository(
            "'Effect':'Allow','Principal':{'AWS':'%s'},'Action':'ecr:*'".formatted(ANN.arn())));
    assertThat(may(ANN, "ecr:PutImage")).isTrue();

    policies.delete(ACCOUNT, APP);
    assertThat(may(ANN, "ecr:PutImage")).isFalse();
  }

  @Test
  void aRepositoryThatIsMadeAnewHasNothingOfItsPredecessor() {
    policies.set(ACCOUNT, APP, onRepository("'Effect':'Allow','Principal':'*','Action':'ecr:*'"));
    assertThat(may(ANN, "ecr:PutImage")).isTrue();

    repositories.delete(ACCOUNT, APP, false);
    assertThat(may(ANN, "ecr:PutImage")).isFalse();

    grant(
        "'Effect':'Allow','Action':'*','Resource':'*',"
            + "'Condition':{'StringEquals':{'aws:ResourceTag/Team':'a'}}");
    repositories.create(ACCOUNT, APP, Settings.defaults(), Map.of("team", "a"));
    assertThat(may(ANN, "ecr:PutImage")).isTrue();
  }

  @Test
  void tagsActAtOnce() {
    var tags = new ResourceTags(watched);
    grant(
        "'Effect':'Allow','Action':'*','Resource':'*',"
            + "'Condition':{'StringEquals':{'ecr:ResourceTag/team':'a'}}");
    assertThat(may(ANN, "ecr:PutImage")).isFalse();

    tags.add(ACCOUNT, APP, Map.of("team", "a"));
    assertThat(may(ANN, "ecr:PutImage")).isTrue();
    tags.remove(ACCOUNT, APP, Set.of("team"));
    assertThat(may(ANN, "ecr:PutImage")).isFalse();
  }

  @Test
  void whatAnotherProcessWritesActsWithinFiveSeconds() {
    may(ANN, "ecr:PutImage");
    new RepositoryPolicies(table)
        .set(ACCOUNT, APP, onRepository("'Effect':'Allow','Principal':'*','Action':'ecr:*'"));
    assertThat(may(ANN, "ecr:PutImage")).isFalse();

    now.set(START.plusSeconds(5));
    assertThat(may(ANN, "ecr:PutImage")).isTrue();
  }

  @Test
  void aPushChangesNoPolicyAndIsNotWaitedFor() {
    may(ROOT, "ecr:PutImage");
    watched.transact(
        Action.update(Keys.repository(ACCOUNT, "app"))
            .add("imageCount", 1)
            .when(Condition.always()));
    table.takeCalls();

    may(ROOT, "ecr:PutImage");
    assertThat(table.takeCalls()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "ecr:CreateRepository, true",
    "ecr:ReplicateImage, true",
    "ecr:PutImage, false",
    "ecr:BatchGetImage, false"
  })
  void aRegistryPolicyIsAboutReplicationAlone(String action, boolean allowed) {
    Principal source = Principal.root(OTHER, "AKIAOTHER");
    assertThat(may(source, action)).isFalse();

    new RegistryPolicies(watched)
        .put(
            ACCOUNT,
            PolicyReader.ofRegistry(ACCOUNT, "us-east-1")
                .read(
                    text(
                        "'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111122223333:root'},"
                            + "'Action':'ecr:*',"
                            + "'Resource':'arn:aws:ecr:us-east-1:123456789012:repository/*'")));
    assertThat(may(source, action)).isEqualTo(allowed);
  }

  @Test
  void aPolicyThatCannotBeReadDeniesEverythingButItsReplacement() {
    store(Keys.repositoryPolicy(ACCOUNT, "app"), "{\"Statement\":\"?\"}");
    grant("'Effect':'Allow','Action':'*','Resource':'*'");

    assertThat(decide(ANN, "ecr:PutImage"))
        .isInstanceOfSatisfying(
            Denied.class,
            denied ->
                assertThat(denied.message())
                    .endsWith("with an explicit deny in a resource-based policy"));
    assertThat(may(ROOT, "ecr:PutImage")).isFalse();
    assertThat(may(ROOT, "ecr:DeleteRepositoryPolicy")).isTrue();
  }

  @Test
  void aRegistryPolicyThatCannotBeReadDeniesCreation() {
    store(Keys.registryPolicy(ACCOUNT), "[]");

    assertThat(may(ROOT, "ecr:CreateRepository")).isFalse();
    assertThat(may(ROOT, "ecr:PutImage")).isTrue();
    assertThat(may(ROOT, "ecr:PutRegistryPolicy")).isTrue();
  }

  @Test
  void aSessionPolicyThatCannotBeReadDeniesEverything() {
    grant("'Effect':'Allow','Action':'*','Resource':'*'");

    assertThat(may(sessionOfRole(List.of(), Map.of()), "ecr:PutImage")).isTrue();
    assertThat(may(sessionOfRole(List.of("?"), Map.of()), "ecr:PutImage")).isFalse();
  }

  private void store(Key key, String text) {
    table.transact(
        Action.put(
            Item.at(key).number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT).text("text", text).build()));
  }

  /** It is stored indented, and so is longer than what was put. */
  @Test
  void aPolicyAsLongAsMayBeIsReadBack() {
    String statement = "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ecr:*\"}";
    String text = "{\"Statement\":[%s]}".formatted(String.join(",", nCopies(170, statement)));
    assertThat(text).hasSizeLessThan(PolicyReader.LONGEST);
    PolicyDocument policy = PolicyReader.ofRepository().read(text);
    assertThat(policy.text()).hasSizeGreaterThan(PolicyReader.LONGEST);
    policies.set(ACCOUNT, APP, policy);

    assertThat(may(ANN, "ecr:PutImage")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "aws:PrincipalArn, arn:aws:iam::123456789012:role/team/ci",
    "aws:PrincipalAccount, 123456789012",
    "aws:PrincipalType, AssumedRole",
    "aws:userid, AROACI:run-1",
    "aws:PrincipalIsAWSService, false",
    "aws:TokenIssueTime, 2026-01-01T10:00:00Z",
    "aws:MultiFactorAuthPresent, false",
    "aws:PrincipalTag/Team, of the session",
    "aws:PrincipalTag/cost, of the role",
    "aws:ResourceAccount, 123456789012",
    "aws:CurrentTime, 2026-01-01T10:00:00Z",
    "aws:EpochTime, 1767261600"
  })
  void aRolesSessionIsKnownBy(String key, String value) {
    Principal session = sessionOfRole(List.of(), Map.of("team", "of the session"));

    assertThat(isKnownBy(session, key, value)).isTrue();
    assertThat(isKnownBy(session, key, value + "x")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "aws:PrincipalArn, arn:aws:iam::123456789012:user/dev/ann",
    "aws:PrincipalType, User",
    "aws:userid, AIDAANN",
    "aws:username, ann",
    "aws:PrincipalTag/team, of the role"
  })
  void aUserIsKnownBy(String key, String value) {
    assertThat(isKnownBy(ANN, key, value)).isTrue();
    assertThat(isKnownBy(ANN, key, value + "x")).isFalse();
  }

  private boolean isKnownBy(Principal principal, String key, String value) {
    var policy =
        identity(
            "'Effect':'Allow','Action':'*','Resource':'*','Condition':{'StringEquals':{'%s':'%s'}}"
                .formatted(key, value));
    grants.set(
        new Grants(
            List.of(policy),
            Optional.empty(),
            Map.of("team", "of the role", "cost", "of the role")));
    return may(principal, "ecr:PutImage");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws:username", "aws:PrincipalTag/none", "aws:SourceIp", "aws:TagKeys"})
  void whatASessionDoesNotHaveIsNotKnown(String key) {
    grant(
        "'Effect':'Allow','Action':'*','Resource':'*','Condition':{'Null':{'%s':'true'}}"
            .formatted(key));

    assertThat(may(sessionOfRole(List.of(), Map.of()), "ecr:PutImage")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws:TokenIssueTime", "aws:MultiFactorAuthPresent"})
  void aUserWithoutASessionHasNoneOfItsKeys(String key) {
    grant(
        "'Effect':'Allow','Action':'*','Resource':'*','Condition':{'Null':{'%s':'true'}}"
            .formatted(key));

    assertThat(may(ANN, "ecr:PutImage")).isTrue();
  }

  @Test
  void aRootIsOfTypeAccountAndHasNoName() {
    policies.set(
        ACCOUNT,
        APP,
        onRepository(
            "'Effect':'Deny','Principal':'*','Action':'ecr:PutImage','Condition':{"
                + "'StringEquals':{'aws:PrincipalType':'Account','aws:userid':'123456789012'},"
                + "'Null':{'aws:username':'true'}}"));

    assertThat(may(ROOT, "ecr:PutImage")).isFalse();
    assertThat(may(ROOT, "ecr:BatchGetImage")).isTrue();
  }

  @Test
  void noTagHidesBehindAnotherOfTheSameLetters() {
    new ResourceTags(watched).add(ACCOUNT, APP, Map.of("Env", "dev", "env", "prod"));
    policies.set(
        ACCOUNT,
        APP,
        onRepository(
            "'Effect':'Deny','Principal':'*','Action':'ecr:PutImage','Condition':{"
                + "'StringEquals':{'aws:ResourceTag/env':'prod'}}"));

    assertThat(may(ROOT, "ecr:PutImage")).isFalse();
  }
}
