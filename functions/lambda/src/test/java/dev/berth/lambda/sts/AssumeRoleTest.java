package dev.berth.lambda.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.identity.Permissions;
import dev.berth.registry.identity.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.sts.model.PackedPolicyTooLargeException;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;
import software.amazon.awssdk.services.sts.model.ProvidedContext;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;

/** AssumeRole as the AWS SDK's sts client sees it. */
class AssumeRoleTest {

  private static final String ALL =
      """
      {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"%s","Resource":"*"}}\
      """;
  private static final String ANN = "arn:aws:iam::123456789012:user/ann";

  private final StsRegistry registry = new StsRegistry();
  private final AwsCredentials ann = registry.user(StsRegistry.ACCOUNT, "ann");

  @AfterEach
  void close() {
    registry.close();
  }

  private static String trust(String principal, String... conditions) {
    return """
    {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"%s"},
     "Action":["sts:AssumeRole","sts:TagSession"]%s}}
    """
        .formatted(principal, String.join("", conditions));
  }

  private AssumeRoleResponse assume(
      AwsCredentials caller, Role role, Consumer<AssumeRoleRequest.Builder> more) {
    try (var sts = registry.sts(caller)) {
      return sts.assumeRole(
          r -> {
            r.roleArn(role.arn()).roleSessionName("s1");
            more.accept(r);
          });
    }
  }

  private AssumeRoleResponse assume(AwsCredentials caller, Role role) {
    return assume(caller, role, r -> {});
  }

  private static void assertRefused(
      int status, String code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StsException.class,
            refused -> {
              assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo(message);
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(refused.statusCode()).isEqualTo(status);
            });
  }

  private static void assertDenied(Role role, String user, String action, ThrowingCallable call) {
    assertRefused(
        403,
        "AccessDenied",
        "User: %s is not authorized to perform: %s on resource: %s"
            .formatted(user, action, role.arn()),
        call);
  }

  /** Which STS's model has and the SDK would rather not. */
  @SuppressWarnings("deprecation")
  private static Integer packed(AssumeRoleResponse session) {
    return session.packedPolicySize();
  }

  @Test
  void whoIsTrustedGetsASessionForAnHour() {
    Role role = registry.role("deploy", trust(ANN));

    AssumeRoleResponse session = assume(ann, role);

    assertThat(session.assumedRoleUser().arn())
        .isEqualTo("arn:aws:sts::123456789012:assumed-role/deploy/s1");
    assertThat(session.assumedRoleUser().assumedRoleId()).isEqualTo(role.id() + ":s1");
    assertThat(session.credentials().accessKeyId()).startsWith("ASIA").hasSize(20);
    assertThat(Duration.between(Instant.now(), session.credentials().expiration()))
        .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
    assertThat(packed(session)).isNull();
    try (var sts = registry.sts(StsRegistry.of(session.credentials()))) {
      assertThat(sts.getCallerIdentity().userId()).isEqualTo(role.id() + ":s1");
    }
  }

  @Test
  void itsCredentialsAreGoodForTheRegistry() {
    Role role = registry.role("deploy", trust(ANN));
    AwsCredentials session = StsRegistry.of(assume(ann, role).credentials());

    try (var ecr = registry.ecr(session)) {
      assertThat(ecr.createRepository(r -> r.repositoryName("app")).repository().registryId())
          .isEqualTo(StsRegistry.ACCOUNT);
    }
  }

  @Test
  void whoIsNotTrustedLearnsNothingAboutARole() {
    Role role = registry.role("deploy", trust("arn:aws:iam::123456789012:user/bob"));
    Role absent = role.with(new TreeMap<>());
    AwsCredentials eve = registry.user(StsRegistry.ACCOUNT, "eve", ALL.formatted("*"));
    String arn = "arn:aws:iam::123456789012:user/eve";

    assertDenied(role, arn, "sts:AssumeRole", () -> assume(eve, role));
    registry
        .identities
        .roles()
        .change(StsRegistry.ACCOUNT, "deploy", r -> r.with(Permissions.NONE));
    registry.identities.roles().delete(StsRegistry.ACCOUNT, "deploy");
    assertDenied(absent, arn, "sts:AssumeRole", () -> assume(eve, absent));
  }

  @Test
  void aRoleIsFoundUnderItsOwnPathAlone() {
    registry.role("deploy", trust(ANN));

    for (String arn :
        new String[] {
          "arn:aws:iam::123456789012:role/deploy",
          "arn:aws:iam::123456789012:role/team/Deploy",
          "arn:aws:iam::210987654321:role/team/deploy"
        }) {
      assertRefused(
          403,
          "AccessDenied",
          "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
              .formatted(ANN, arn),
          () -> byArn(arn));
    }
  }

  private void byArn(String arn) {
    try (var sts = registry.sts(ann)) {
      sts.assumeRole(r -> r.roleArn(arn).roleSessionName("s1"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::123456789012:user/deploy",
        "arn:aws:iam::123:role/deploy-something",
        "arn:aws:iam::123456789012:role/*",
        "arn:aws:iam::123456789012:role/../x/"
      })
  void whatIsTheArnOfNoRoleIsInvalid(String arn) {
    assertRefused(400, "ValidationError", "Request ARN is invalid", () -> byArn(arn));
  }

  @Test
  void anAccountThatIsTrustedLeavesItToItsPolicies() {
    Role role = registry.role("deploy", trust("123456789012"));
    AwsCredentials bob = registry.user(StsRegistry.ACCOUNT, "bob", ALL.formatted("sts:AssumeRole"));

    assertThat(assume(bob, role).credentials()).isNotNull();
    assertDenied(role, ANN, "sts:AssumeRole", () -> assume(ann, role));
  }

  @Test
  void anotherAccountsUserNeedsBoth() {
    String arn = "arn:aws:iam::210987654321:user/carol";
    Role role = registry.role("deploy", trust(StsRegistry.OTHER));
    AwsCredentials carol = registry.user(StsRegistry.OTHER, "carol", ALL.formatted("sts:*"));
    AwsCredentials dave = registry.user(StsRegistry.OTHER, "dave");
    Role own = registry.role("own", trust("123456789012"));

    assertThat(assume(carol, role).assumedRoleUser().arn()).contains("123456789012");
    assertDenied(
        role, "arn:aws:iam::210987654321:user/dave", "sts:AssumeRole", () -> assume(dave, role));
    assertDenied(own, arn, "sts:AssumeRole", () -> assume(carol, own));
  }

  @Test
  void aRootAssumesNoRole() {
    Role role = registry.role("deploy", trust("123456789012"));

    assertRefused(
        403,
        "AccessDenied",
        "Roles may not be assumed by root accounts.",
        () -> assume(StsRegistry.ROOT, role));
  }

  @Test
  void aRoleOfAServiceIsNotAssumed() {
    registry.identities.serviceLinkedRoles().markReplicating(StsRegistry.ACCOUNT, "us-east-1");
    AwsCredentials admin = registry.user(StsRegistry.ACCOUNT, "admin", ALL.formatted("*"));
    Role role =
        registry.identities.roles().require(StsRegistry.ACCOUNT, "AWSServiceRoleForECRReplication");

    assertDenied(
        role, "arn:aws:iam::123456789012:user/admin", "sts:AssumeRole", () -> assume(admin, role));
  }

  @Test
  void aTrustPolicyMayAskForAnExternalId() {
    Role role =
        registry.role(
            "deploy",
            trust(ANN, ",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"tenant-7\"}}"));

    assertThat(assume(ann, role, r -> r.externalId("tenant-7")).credentials()).isNotNull();
    assertDenied(role, ANN, "sts:AssumeRole", () -> assume(ann, role));
    assertDenied(
        role, ANN, "sts:AssumeRole", () -> assume(ann, role, r -> r.externalId("tenant-8")));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`\"StringLike\":{\"sts:RoleSessionName\":\"s?\"}`, true",
        "`\"StringLike\":{\"sts:RoleSessionName\":\"t?\"}`, false",
        "`\"IpAddress\":{\"aws:SourceIp\":\"127.0.0.0/8\"}`, true",
        "`\"IpAddress\":{\"aws:SourceIp\":\"192.0.2.0/24\"}`, false",
        "`\"StringEquals\":{\"aws:PrincipalTag/team\":\"a\"}`, true",
        "`\"StringEquals\":{\"aws:PrincipalTag/team\":\"b\"}`, false",
        "`\"StringEquals\":{\"aws:username\":\"ann\"}`, true",
        "`\"Bool\":{\"aws:MultiFactorAuthPresent\":\"true\"}`, false",
        "`\"DateGreaterThan\":{\"aws:CurrentTime\":\"2020-01-01T00:00:00Z\"}`, true",
        "`\"DateLessThan\":{\"aws:CurrentTime\":\"2020-01-01T00:00:00Z\"}`, false"
      })
  void conditionsOfATrustPolicyCount(String condition, boolean allowed) {
    Role role = registry.role("deploy", trust(ANN, ",\"Condition\":{" + condition + "}"));

    if (allowed) {
      assertThat(assume(ann, role).credentials()).isNotNull();
    } else {
      assertDenied(role, ANN, "sts:AssumeRole", () -> assume(ann, role));
    }
  }

  @Test
  void aSessionLastsAsLongAsTheRoleLetsIt() {
    Role role = registry.role("deploy", trust(ANN));

    assertThat(assume(ann, role, r -> r.durationSeconds(7200)).credentials().expiration())
        .isAfter(Instant.now().plus(119, ChronoUnit.MINUTES));
    assertRefused(
        400,
        "ValidationError",
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        () -> assume(ann, role, r -> r.durationSeconds(7201)));
    for (int seconds : new int[] {0, 899, 43_201}) {
      assertThatThrownBy(() -> assume(ann, role, r -> r.durationSeconds(seconds)))
          .hasMessageContaining("durationSeconds");
    }
  }

  @Test
  void aSessionThatAssumesARoleGetsAnHourAtMost() {
    Role first = registry.role("first", trust(ANN));
    Role second = registry.role("second", trust("arn:aws:iam::123456789012:role/team/first"));
    AwsCredentials session = StsRegistry.of(assume(ann, first).credentials());

    assertThat(assume(session, second).assumedRoleUser().arn()).contains("second");
    assertRefused(
        400,
        "ValidationError",
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
            + " chaining.",
        () -> assume(session, second, r -> r.durationSeconds(3601)));
  }

  @Test
  void aSessionPolicyBoundsWhatTheSessionMayAssume() {
    Role first = registry.role("first", trust(ANN));
    Role second = registry.role("second", trust("123456789012"));

    AwsCredentials all = StsRegistry.of(assume(ann, first).credentials());
    AwsCredentials bound =
        StsRegistry.of(assume(ann, first, r -> r.policy(ALL.formatted("ecr:*"))).credentials());

    assertThat(assume(all, second).credentials()).isNotNull();
    assertDenied(
        second,
        "arn:aws:sts::123456789012:assumed-role/first/s1",
        "sts:AssumeRole",
        () -> assume(bound, second));
  }

  @Test
  void managedSessionPoliciesAreResolvedAtOnce() {
    Role first = registry.role("first", trust(ANN));
    Role second = registry.role("second", trust("123456789012"));
    String policy =
        registry.managedPolicy(StsRegistry.ACCOUNT, "assume", ALL.formatted("sts:AssumeRole"));

    AssumeRoleResponse session = assume(ann, first, r -> r.policyArns(arn(policy)));
    registry.identities.policies().delete(StsRegistry.ACCOUNT, policy);

    assertThat(packed(session)).isBetween(1, 10);
    assertThat(assume(StsRegistry.of(session.credentials()), second).credentials()).isNotNull();
    AwsCredentials readOnly =
        StsRegistry.of(
            assume(
                    ann,
                    first,
                    r ->
                        r.policyArns(
                            arn("arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly")))
                .credentials());
    assertThatThrownBy(() -> assume(readOnly, second)).hasMessageContaining("not authorized");
  }

  private static PolicyDescriptorType arn(String arn) {
    return PolicyDescriptorType.builder().arn(arn).build();
  }

  @Test
  void aManagedSessionPolicyIsOfTheRolesAccountOrOfAws() {
    Role role = registry.role("deploy", trust(ANN));
    String foreign = registry.managedPolicy(StsRegistry.OTHER, "theirs", ALL.formatted("*"));

    for (String arn : new String[] {foreign, "arn:aws:iam::123456789012:policy/none"}) {
      assertRefused(
          400,
          "ValidationError",
          "Policy " + arn + " does not exist or is not attachable.",
          () -> assume(ann, role, r -> r.policyArns(arn(arn))));
    }
    assertThatThrownBy(
            () ->
                assume(
                    ann,
                    role,
                    r ->
                        r.policyArns(
                            IntStream.range(0, 11)
                                .mapToObj(i -> arn("arn:aws:iam::123456789012:policy/" + i))
                                .toArray(PolicyDescriptorType[]::new))))
        .hasMessageContaining("policyArns");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "[]", "{\"Statement\":[]}", "{\"Version\":\"2012-10-17\",\"Statement\":{}}"})
  void aSessionPolicyIsAPolicy(String text) {
    Role role = registry.role("deploy", trust(ANN));

    assertThatThrownBy(() -> assume(ann, role, r -> r.policy(text)))
        .isInstanceOf(MalformedPolicyDocumentException.class);
  }

  @Test
  void sessionPoliciesHaveTheirLimits() {
    Role role = registry.role("deploy", trust(ANN));
    String policy = ALL.formatted("ecr:*");
    String longest = policy + " ".repeat(2048 - policy.length());

    assertThat(packed(assume(ann, role, r -> r.policy(longest)))).isPositive();
    assertThatThrownBy(() -> assume(ann, role, r -> r.policy(longest + " ")))
        .hasMessageContaining("'policy'");
    assertThatThrownBy(
            () ->
                assume(
                    ann,
                    role,
                    r ->
                        r.policy(longest)
                            .policyArns(arn("arn:aws:iam::aws:policy/AdministratorAccess"))))
        .isInstanceOf(PackedPolicyTooLargeException.class);
  }

  @Test
  void sessionTagsAreForWhoMayTag() {
    Role role = registry.role("deploy", trust(ANN));
    Role untagged = registry.role("untagged", trust(ANN).replace(",\"sts:TagSession\"", ""));

    assertThat(packed(assume(ann, role, tagged(Map.of("team", "b"))))).isPositive();
    assertDenied(
        untagged, ANN, "sts:TagSession", () -> assume(ann, untagged, tagged(Map.of("a", "b"))));
  }

  @Test
  void aTrustPolicyMayLimitTheTags() {
    Role role =
        registry.role(
            "deploy",
            trust(
                ANN,
                ",\"Condition\":{\"StringEquals\":{\"aws:RequestTag/team\":\"a\"},"
                    + "\"ForAllValues:StringEquals\":{\"aws:TagKeys\":\"team\"}}"));

    assertThat(assume(ann, role, tagged(Map.of("team", "a"))).credentials()).isNotNull();
    assertDenied(role, ANN, "sts:AssumeRole", () -> assume(ann, role, tagged(Map.of("team", "b"))));
    assertDenied(
        role,
        ANN,
        "sts:AssumeRole",
        () -> assume(ann, role, tagged(Map.of("team", "a", "more", "x"))));
  }

  @Test
  void theTagsOfASessionAreItsPrincipals() {
    Role first = registry.role("first", trust(ANN));
    Role second =
        registry.role(
            "second",
            trust(
                "arn:aws:iam::123456789012:role/team/first",
                ",\"Condition\":{\"StringEquals\":{\"aws:PrincipalTag/team\":\"b\"}}"));

    AwsCredentials tagged =
        StsRegistry.of(assume(ann, first, tagged(Map.of("Team", "b"))).credentials());
    AwsCredentials plain = StsRegistry.of(assume(ann, first).credentials());

    assertThat(assume(tagged, second).credentials()).isNotNull();
    assertThatThrownBy(() -> assume(plain, second)).hasMessageContaining("not authorized");
  }

  private static Consumer<AssumeRoleRequest.Builder> tagged(Map<String, String> tags) {
    Collection<Tag> list =
        tags.entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    return r -> r.tags(list);
  }

  @Test
  void tagsHaveTheirRules() {
    Role role = registry.role("deploy", trust(ANN));

    assertRefused(
        400,
        "ValidationError",
        "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
        () -> assume(ann, role, tagged(Map.of("team", "a", "Team", "b"))));
    assertThatThrownBy(() -> assume(ann, role, tagged(Map.of("aws:x", "a"))))
        .hasMessageContaining("reserved");
    assertThatThrownBy(() -> assume(ann, role, tagged(Map.of("a<b", "a"))))
        .hasMessageContaining("tags.1.member.key");
    assertThatThrownBy(() -> assume(ann, role, tagged(Map.of("a", "x".repeat(257)))))
        .hasMessageContaining("tags.1.member.value");
  }

  @Test
  void whatIsNotSupportedIsRefused() {
    Role role = registry.role("deploy", trust(ANN));
    var context = ProvidedContext.builder().contextAssertion("abcd").build();

    assertUnsupported(role, "SourceIdentity", r -> r.sourceIdentity("ann"));
    assertUnsupported(role, "TransitiveTagKeys", r -> r.transitiveTagKeys("team"));
    assertUnsupported(role, "SerialNumber", r -> r.serialNumber("123456789"));
    assertUnsupported(role, "TokenCode", r -> r.tokenCode("123456"));
    assertUnsupported(role, "ProvidedContexts", r -> r.providedContexts(context));
  }

  private void assertUnsupported(Role role, String name, Consumer<AssumeRoleRequest.Builder> more) {
    assertRefused(
        400,
        "ValidationError",
        "The parameter " + name + " is not supported.",
        () -> assume(ann, role, more));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a b", "a/b", "ä", "../x"})
  void aSessionNameIsAName(String name) {
    Role role = registry.role("deploy", trust(ANN));

    assertThatThrownBy(() -> assume(ann, role, r -> r.roleSessionName(name)))
        .hasMessageContaining("'roleSessionName'");
  }
}
