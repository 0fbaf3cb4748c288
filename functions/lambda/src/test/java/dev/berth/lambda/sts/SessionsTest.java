package dev.berth.lambda.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.authz.Principal;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.registry.identity.Permissions;
import dev.berth.registry.identity.Role;
import dev.berth.registry.store.MemoryTable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.sts.model.Credentials;

/** What temporary credentials are good for, and for how long. */
class SessionsTest {

  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":
       {"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}}
      """;
  private static final String DENY_ALL =
      """
      {"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}
      """;

  private final MemoryTable table = new MemoryTable();
  private final StsRegistry registry = new StsRegistry(table, Clock.systemUTC());

  @AfterEach
  void close() {
    registry.close();
  }

  private String arn(AwsCredentials credentials) {
    try (var sts = registry.sts(credentials)) {
      return sts.getCallerIdentity().arn();
    }
  }

  private static void assertRefused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            refused -> assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code));
  }

  private AwsCredentials session(Role role) {
    return StsRegistry.of(
        registry
            .identities
            .sessions()
            .ofRole(role, "s1", Duration.ofHours(1), List.of(), Map.of()));
  }

  @Test
  void everybodyMayAskWhoTheyAre() {
    AwsCredentials ann = registry.user(StsRegistry.ACCOUNT, "ann", DENY_ALL);

    assertThat(arn(ann)).isEqualTo("arn:aws:iam::123456789012:user/ann");
    try (var sts = registry.sts(StsRegistry.ROOT)) {
      var root = sts.getCallerIdentity();
      assertThat(root.arn()).isEqualTo("arn:aws:iam::123456789012:root");
      assertThat(root.userId()).isEqualTo(StsRegistry.ACCOUNT);
      assertThat(root.account()).isEqualTo(StsRegistry.ACCOUNT);
    }
  }

  @ParameterizedTest
  @CsvSource({"us-east-1", "eu-central-1", "aws-global"})
  void stsIsOneForAllRegions(String region) {
    try (var sts = registry.sts(StsRegistry.ROOT, Region.of(region))) {
      assertThat(sts.getCallerIdentity().account()).isEqualTo(StsRegistry.ACCOUNT);
    }
  }

  private Credentials sessionToken(AwsCredentials caller, int seconds) {
    try (var sts = registry.sts(caller)) {
      return sts.getSessionToken(r -> r.durationSeconds(seconds)).credentials();
    }
  }

  @Test
  void aUsersSessionIsTheUser() {
    AwsCredentials ann = registry.user(StsRegistry.ACCOUNT, "ann");

    Credentials session = sessionToken(ann, 129_600);

    assertThat(arn(StsRegistry.of(session))).isEqualTo("arn:aws:iam::123456789012:user/ann");
    assertThat(session.expiration()).isAfter(Instant.now().plus(Duration.ofHours(35)));
    try (var sts = registry.sts(ann)) {
      assertThat(sts.getSessionToken().credentials().expiration())
          .isBetween(
              Instant.now().plus(Duration.ofHours(11)), Instant.now().plus(Duration.ofHours(12)));
    }
  }

  @Test
  void aRootsSessionLastsAnHourAtMost() {
    assertThat(sessionToken(StsRegistry.ROOT, 129_600).expiration())
        .isBefore(Instant.now().plus(Duration.ofMinutes(61)));
  }

  @Test
  void aSessionBeginsNoSession() {
    AwsCredentials ann = registry.user(StsRegistry.ACCOUNT, "ann");
    AwsCredentials session = StsRegistry.of(sessionToken(ann, 900));

    assertRefused("AccessDenied", () -> sessionToken(session, 900));
    assertRefused("AccessDenied", () -> sessionToken(session(registry.role("deploy", TRUST)), 900));
  }

  @Test
  void aUsersSessionMayAssumeARole() {
    AwsCredentials ann = registry.user(StsRegistry.ACCOUNT, "ann");
    Role role = registry.role("deploy", TRUST);

    try (var sts = registry.sts(StsRegistry.of(sessionToken(ann, 900)))) {
      assertThat(
              sts.assumeRole(r -> r.roleArn(role.arn()).roleSessionName("s1"))
                  .assumedRoleUser()
                  .arn())
          .endsWith("assumed-role/deploy/s1");
    }
  }

  @Test
  void aSecondFactorIsNotSupported() {
    AwsCredentials ann = registry.user(StsRegistry.ACCOUNT, "ann");

    try (var sts = registry.sts(ann)) {
      assertRefused("ValidationError", () -> sts.getSessionToken(r -> r.serialNumber("123456789")));
      assertRefused("ValidationError", () -> sts.getSessionToken(r -> r.tokenCode("123456")));
      for (int seconds : new int[] {899, 129_601}) {
        assertRefused(
            "ValidationError", () -> sts.getSessionToken(r -> r.durationSeconds(seconds)));
      }
    }
  }

  @Test
  void aTemporaryKeyIsGoodWithItsOwnTokenAlone() {
    Role role = registry.role("deploy", TRUST);
    var one = (AwsSessionCredentials) session(role);
    var other = (AwsSessionCredentials) session(role);
    String token = one.sessionToken();

    for (String wrong :
        new String[] {
          other.sessionToken(), token.substring(1), token + "A", token.toLowerCase(), "A"
        }) {
      assertRefused(
          "InvalidClientTokenId",
          () -> arn(AwsSessionCredentials.create(one.accessKeyId(), one.secretAccessKey(), wrong)));
    }
    assertRefused(
        "InvalidClientTokenId",
        () -> arn(AwsBasicCredentials.create(one.accessKeyId(), one.secretAccessKey())));
    assertRefused(
        "SignatureDoesNotMatch",
        () -> arn(AwsSessionCredentials.create(one.accessKeyId(), other.secretAccessKey(), token)));
    // a long-term key has no token to show
    AwsCredentials ann = registry.user(StsRegistry.ACCOUNT, "ann");
    assertRefused(
        "InvalidClientTokenId",
        () -> arn(AwsSessionCredentials.create(ann.accessKeyId(), ann.secretAccessKey(), token)));
    assertThat(arn(one)).endsWith("deploy/s1");
  }

  @Test
  void aSessionEndsAtItsEnd() {
    Role role = registry.role("deploy", TRUST);

    assertThat(arn(begunAgo(role, Duration.ofMinutes(14)))).endsWith("deploy/s1");
    AwsCredentials ended = begunAgo(role, Duration.ofMinutes(15));
    assertRefused("ExpiredToken", () -> arn(ended));
    try (var ecr = registry.ecr(ended)) {
      assertRefused("ExpiredTokenException", ecr::describeRepositories);
    }
  }

  /** A session of a quarter of an hour. */
  private AwsCredentials begunAgo(Role role, Duration ago) {
    try (var then = new StsRegistry(table, Clock.offset(Clock.systemUTC(), ago.negated()))) {
      AccessKey key =
          then.identities
              .sessions()
              .ofRole(role, "s1", Duration.ofMinutes(15), List.of(), Map.of());
      return StsRegistry.of(key);
    }
  }

  @Test
  void aSessionEndsWithItsRole() {
    Role role = registry.role("deploy", TRUST);
    AwsCredentials session = session(role);
    AuthorizationData login = login(session);
    assertThat(ping(login)).isEqualTo(200);

    registry
        .identities
        .roles()
        .change(StsRegistry.ACCOUNT, "deploy", r -> r.with(Permissions.NONE));
    registry.identities.roles().delete(StsRegistry.ACCOUNT, "deploy");
    assertRefused("InvalidClientTokenId", () -> arn(session));
    assertThat(ping(login)).isEqualTo(401);

    // one that is made anew under the name is another role
    registry.role("deploy", TRUST);
    assertRefused("InvalidClientTokenId", () -> arn(session));
    assertThat(ping(login)).isEqualTo(401);
  }

  @Test
  void aUsersSessionEndsWithTheKeyThatItWasBegunWith() {
    AwsCredentials ann = registry.user(StsRegistry.ACCOUNT, "ann");
    AwsCredentials session = StsRegistry.of(sessionToken(ann, 900));

    registry.identities.accessKeys().delete(StsRegistry.ACCOUNT, "ann", ann.accessKeyId());

    assertRefused("InvalidClientTokenId", () -> arn(session));
  }

  @Test
  void aPasswordOfASessionEndsWithTheSession() {
    Role role = registry.role("deploy", TRUST);
    AccessKey key =
        registry
            .identities
            .sessions()
            .ofRole(role, "s1", Duration.ofMinutes(15), List.of(), Map.of());
    Principal principal = key.principal();

    AuthorizationData login = login(StsRegistry.of(key));

    assertThat(login.expiresAt()).isEqualTo(principal.session().orElseThrow().expiresAt());
    assertThat(ping(login)).isEqualTo(200);
    try (var later =
        new StsRegistry(table, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(15)))) {
      assertThat(ping(later.uri(), login)).isEqualTo(403);
    }
  }

  private AuthorizationData login(AwsCredentials credentials) {
    try (var ecr = registry.ecr(credentials)) {
      return ecr.getAuthorizationToken().authorizationData().getFirst();
    }
  }

  private int ping(AuthorizationData login) {
    return ping(registry.uri(), login);
  }

  /** As docker logs in. */
  private static int ping(URI host, AuthorizationData login) {
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(host.resolve("/v2/"))
                  .header("Authorization", "Basic " + login.authorizationToken())
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
