package dev.berth.lambda.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.aws.sts.StsCallerIdentity;
import dev.berth.aws.sts.TestSts;
import dev.berth.core.audit.AuditJson;
import dev.berth.core.audit.AuditRecord;
import dev.berth.core.authz.Authorizer;
import dev.berth.core.authz.Authorizer.Decision;
import dev.berth.core.login.PresignedToken;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.core.token.AuthorizationTokens;
import dev.berth.core.token.AuthorizationTokens.Opened;
import dev.berth.core.usage.CallCounts;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.ecr.RegistryHosts;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.identity.Permissions;
import dev.berth.registry.identity.Role;
import dev.berth.registry.login.AwsIdentity;
import dev.berth.registry.login.AwsLoginSettings;
import dev.berth.registry.login.AwsLogins;
import dev.berth.registry.store.MemoryTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The exchange by which principals of AWS log in, up to an STS that checks their signatures. */
class AwsLoginApiTest {

  private static final Instant NOW = Instant.parse("2026-11-25T15:06:50Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String HOST = "registry.example.com";
  private static final DeploymentSecret SECRET =
      new DeploymentSecret(List.of(new DeploymentSecret.Key("a", new byte[32])));

  private final TestSts sts = new TestSts();
  private final AuthorizationTokens tokens =
      new AuthorizationTokens(SECRET.sealer(Purpose.AUTHORIZATION_TOKEN), CLOCK);
  private final Identities identities =
      new Identities(new MemoryTable(), SECRET, id -> Optional.empty(), CLOCK);
  private final Authorizer everything = attempt -> new Decision.Allowed();

  private final List<AuditRecord> audited = new ArrayList<>();
  private final CallRecorder recorder = new CallRecorder(audited::add, new CallCounts(), CLOCK);

  @BeforeEach
  void createRole() {
    identities
        .roles()
        .create(
            Role.made(
                "123456789012",
                "/",
                "ci",
                "",
                NOW,
                "{}",
                Role.AN_HOUR,
                Permissions.NONE,
                new TreeMap<>()));
  }

  @AfterEach
  void close() {
    sts.close();
  }

  private record Hosts() implements RegistryHosts {
    @Override
    public String host(RegistryAddress registry) {
      return HOST + ":4510";
    }

    @Override
    public String endpoint(RegistryAddress registry) {
      return "https://%s/%s/%s".formatted(HOST, registry.account(), registry.region());
    }
  }

  private PresignedToken token() {
    return PresignedToken.at(NOW).to(sts.url()).audience(HOST);
  }

  private Response post(String token, String... headers) {
    return handle("POST", new ByteArrayInputStream(token.getBytes(UTF_8)), everything, headers);
  }

  private Response handle(
      String method, InputStream body, Authorizer authorizer, String... headers) {
    return handle(new StsCallerIdentity(), method, body, authorizer, headers);
  }

  private Response handle(
      AwsIdentity aws, String method, InputStream body, Authorizer authorizer, String... headers) {
    var settings =
        AwsLoginSettings.parse(
            """
            [{"principal": "arn:aws:sts::111122223333:assumed-role/ci/*",
              "role": "arn:aws:iam::123456789012:role/ci"}]
            """,
            Optional.of(sts.url()),
            Optional.empty());
    var logins = new AwsLogins(settings, aws, identities, CLOCK, () -> 0);
    return new AwsLoginApi(recorder, logins, settings, tokens, new Hosts(), authorizer)
        .handle(
            new Request(
                method,
                AwsLoginApi.PATH,
                "",
                "whatever.the.client.says",
                new RegistryAddress("999999999999", "eu-west-1"),
                Headers.of(headers),
                body,
                OptionalLong.empty(),
                "192.0.2.1",
                true,
                "request-1"));
  }

  private static byte[] bytes(Response response) {
    return ((Response.Body.Bytes) response.body()).bytes();
  }

  private static JsonNode json(Response response) throws IOException {
    return new ObjectMapper().readTree(bytes(response));
  }

  private static void assertRefused(Response response, int status, String type, String message)
      throws IOException {
    assertThat(json(response).path("__type").textValue()).isEqualTo(type);
    assertThat(json(response).path("message").textValue()).contains(message);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers().first("x-amzn-RequestId")).contains("request-1");
  }

  @Test
  void theAnswerIsThatOfGetAuthorizationToken() throws IOException {
    Response response = post(token().token());

    assertThat(response.status()).isEqualTo(200);
    JsonNode data = json(response).path("authorizationData").path(0);
    assertThat(data.path("proxyEndpoint").textValue())
        .isEqualTo("https://registry.example.com/123456789012/eu-west-1");
    assertThat(data.path("expiresAt").longValue())
        .isEqualTo(NOW.plus(Duration.ofHours(12)).getEpochSecond());
    String credentials =
        new String(Base64.getDecoder().decode(data.path("authorizationToken").textValue()), UTF_8);
    assertThat(credentials).startsWith("AWS:");
    assertOpens(credentials.substring("AWS:".length()));
  }

  private void assertOpens(String password) {
    assertThat(tokens.open(password))
        .isInstanceOfSatisfying(
            Opened.Valid.class,
            valid -> {
              assertThat(valid.token().region()).isEqualTo("eu-west-1");
              assertThat(valid.token().account()).isEqualTo("123456789012");
              assertThat(identities.keys().find(valid.token().accessKeyId())).isPresent();
            });
  }

  @Test
  void whoWantsTextGetsThePasswordAlone() {
    Response response = post(token().token() + "\n", "Accept", "text/plain");

    assertThat(response.headers().first("Content-Type")).contains("text/plain");
    assertThat(response.headers().first("Cache-Control")).contains("no-store");
    assertOpens(new String(bytes(response), UTF_8));
  }

  @Test
  void whoAcceptsAnythingGetsJson() throws IOException {
    Response response = post(token().token(), "Accept", "*/*");

    assertThat(json(response).path("authorizationData")).hasSize(1);
  }

  @Test
  void aTokenForAnotherServiceIsOfNoUse() throws IOException {
    Response response = post(token().audience("my-cluster").token());

    assertRefused(response, 403, "AccessDeniedException", "SignatureDoesNotMatch");
  }

  @Test
  void aForgedTokenIsOfNoUse() throws IOException {
    Response response = post(token().with("X-Amz-Signature", "0".repeat(64)).token());

    assertRefused(response, 403, "AccessDeniedException", "SignatureDoesNotMatch");
  }

  @Test
  void aReplayedTokenIsOfNoUse() throws IOException {
    String token = token().token();
    assertThat(post(token).status()).isEqualTo(200);

    assertRefused(post(token), 403, "AccessDeniedException", "used before");
  }

  @Test
  void anOldTokenIsOfNoUse() throws IOException {
    Response response =
        post(PresignedToken.at(NOW.minusSeconds(121)).to(sts.url()).audience(HOST).token());

    assertRefused(response, 403, "AccessDeniedException", "expired");
    assertThat(sts.asked()).isEmpty();
  }

  @Test
  void aTokenThatLeadsElsewhereIsSentNowhere() throws IOException {
    Response response = post(token().to("https://sts.us-east-1.amazonaws.com").token());

    assertRefused(response, 403, "AccessDeniedException", "endpoint");
    assertThat(sts.asked()).isEmpty();
  }

  @Test
  void whatIsNoTokenIsTheClientsFault() throws IOException {
    assertRefused(post(""), 400, "InvalidParameterException", "k8s-aws-v1.");
    assertRefused(post("x".repeat(8193)), 400, "InvalidParameterException", "8192 bytes");
    assertRefused(
        handle("POST", new BrokenOff(), everything), 400, "InvalidParameterException", "ended");
  }

  private static final class BrokenOff extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("broken off");
    }
  }

  @Test
  void anStsThatIsAwayIsNotTheClientsFault() throws IOException {
    String token = token().token();
    sts.close();

    assertRefused(post(token), 503, "ServiceUnavailableException", "did not say");
  }

  @Test
  void aRoleThatMayNotGetATokenGetsNone() throws IOException {
    Response response =
        handle(
            "POST",
            new ByteArrayInputStream(token().token().getBytes(UTF_8)),
            attempt ->
                new Decision.Denied(
                    "%s %s from %s"
                        .formatted(
                            attempt.principal().arn(),
                            attempt.action(),
                            attempt.context().values("aws:SourceIp").orElseThrow())));

    assertRefused(
        response,
        403,
        "AccessDeniedException",
        "arn:aws:sts::123456789012:assumed-role/ci/build-7 ecr:GetAuthorizationToken"
            + " from [192.0.2.1]");
  }

  @Test
  void aLoginIsAPost() {
    Response response = handle("GET", InputStream.nullInputStream(), everything);

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers().first("Allow")).contains("POST");
  }

  @Test
  void aFaultOfOursIsAnsweredWithoutItsWords() throws IOException {
    Response response =
        handle(
            (request, audience) -> {
              throw new IllegalStateException("a secret");
            },
            "POST",
            new ByteArrayInputStream(token().token().getBytes(UTF_8)),
            everything);

    assertRefused(response, 500, "ServerException", "server-side");
    assertThat(new String(bytes(response), UTF_8)).doesNotContain("secret");
  }

  @Test
  void aLoginIsRecordedWithoutItsToken() {
    String token = token().token();

    post(token);

    assertThat(audited).hasSize(1);
    assertThat(AuditJson.line(audited.getFirst()))
        .asString(UTF_8)
        .contains(
            "\"eventName\":\"AssumeRoleWithAWSPrincipal\"",
            "\"awsPrincipalArn\":\"arn:aws:sts::111122223333:assumed-role/ci/",
            "\"roleArn\":\"arn:aws:iam::123456789012:role/ci\"")
        .doesNotContain("k8s-aws-v1", "Signature");
  }
}
