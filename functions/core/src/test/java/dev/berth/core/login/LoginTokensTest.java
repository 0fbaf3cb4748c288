package dev.berth.core.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.login.LoginException.Malformed;
import dev.berth.core.login.LoginException.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTokensTest {

  private static final Instant NOW = Instant.parse("2026-11-25T15:06:50Z");

  private static CallerIdentityRequest read(String token) {
    return read(token, StsEndpoint.ofAws(), NOW);
  }

  private static CallerIdentityRequest read(String token, StsEndpoint endpoint, Instant now) {
    return new LoginTokens(endpoint, Clock.fixed(now, ZoneOffset.UTC)).read(token);
  }

  private static PresignedToken token() {
    return PresignedToken.at(NOW);
  }

  private static void assertMalformed(String token) {
    assertThatThrownBy(() -> read(token)).isInstanceOf(Malformed.class);
  }

  private static void assertRefused(PresignedToken token) {
    assertThatThrownBy(() -> read(token.token())).isInstanceOf(Refused.class);
  }

  @Test
  void aTokenIsTheRequestThatItHolds() {
    PresignedToken token = token();

    CallerIdentityRequest request = read(token.token());

    assertThat(request.url()).isEqualTo(token.url());
    assertThat(token.url()).endsWith("X-Amz-Signature=" + request.signature());
    assertThat(request).asString().doesNotContain(request.signature());
  }

  /** As it was printed by the AWS CLI 1.45.11, whose endpoint for us-east-1 is the global one. */
  @Test
  void whatTheAwsCliPrintsIsRead() {
    String url =
        "https://sts.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15"
            + "&X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=ASIAEXAMPLEEXAMPLE12%2F20261125%2Fus-east-1%2Fsts%2Faws4_request"
            + "&X-Amz-Date=20261125T150650Z&X-Amz-Expires=60"
            + "&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id"
            + "&X-Amz-Signature=230cc09d16281bcce0f3d5027f4162384cabc12ea2aaa05c2a9645666c5bf054";

    assertThat(read(PresignedToken.ofUrl(url)).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource({
    "https://sts.amazonaws.com, us-east-1",
    "https://sts.eu-central-1.amazonaws.com, eu-central-1",
    "https://sts-fips.us-west-2.amazonaws.com, us-west-2",
    "https://sts.us-gov-west-1.amazonaws.com, us-gov-west-1",
    "https://sts.cn-north-1.amazonaws.com.cn, cn-north-1"
  })
  void endpointsOfAwsAreAsked(String origin, String region) {
    String token = token().to(origin).region(region).token();

    assertThat(read(token).url()).startsWith(origin + "/?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://sts.amazonaws.com.evil.example",
        "https://sts.us-east-1.amazonaws.com.evil.example",
        "https://evil.example",
        "https://evilsts.amazonaws.com",
        "https://sts.us-east-1.evil.amazonaws.com",
        "https://sts.s3-us-east-1.amazonaws.com",
        "https://sts.us-east-1.s3.amazonaws.com",
        "https://ecr.us-east-1.amazonaws.com",
        "https://sts.us-east-1.amazonaws.com:443",
        "https://sts.us-east-1.amazonaws.com:8443",
        "https://sts.us-east-1.amazonaws.com.",
        "https://sts.us-east-1.amazonaws.com.cn",
        "http://sts.us-east-1.amazonaws.com",
        "ftp://sts.us-east-1.amazonaws.com",
        "https://127.0.0.1",
        "https://[::1]",
        "https://169.254.169.254",
        "https://localhost"
      })
  void aRequestForAnotherHostIsRefused(String origin) {
    assertRefused(token().to(origin));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://sts.us-east-1.amazonaws.com@evil.example",
        "https://user:pw@sts.us-east-1.amazonaws.com",
        "https://evil.example#.sts.us-east-1.amazonaws.com",
        "https://evil.example\\.sts.us-east-1.amazonaws.com",
        "https://sts.us-east-1.amazonaws.com%2eevil.example",
        "https://sts.us-east-1.amazonaws\u3002com",
        "https://\u017fts.us-east-1.amazonaws.com",
        "HTTPS://sts.us-east-1.amazonaws.com",
        "https://STS.us-east-1.amazonaws.com",
        "https:sts.us-east-1.amazonaws.com",
        "//sts.us-east-1.amazonaws.com",
        " https://sts.us-east-1.amazonaws.com",
        ""
      })
  void aTrickWithTheHostIsNoToken(String origin) {
    assertMalformed(PresignedToken.ofUrl(token().url().replace(AWS, origin)));
  }

  private static final String AWS = "https://sts.us-east-1.amazonaws.com";

  @Test
  void aRequestIsSignedForTheRegionOfItsEndpoint() {
    assertRefused(token().region("eu-west-1"));
    assertRefused(token().to("https://sts.amazonaws.com").region("eu-west-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "//?", "/x?", "/./?", "/%2e/?", "/%2F?", "/?x/?", "/;a=b?", "/??"})
  void aRequestOfAnotherPathIsNoToken(String path) {
    assertMalformed(token().path(path).token());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#fragment",
        "&Action=GetCallerIdentity",
        "&Action=AssumeRole",
        "&action=AssumeRole",
        "&X-Amz-Signature=" + "0000000000000000000000000000000000000000000000000000000000000000",
        "&RoleArn=arn",
        "&",
        "&=",
        "&X-Amz-Security-Token",
        "%0d%0aHost:%20evil.example",
        "\r\nHost: evil.example",
        " HTTP/1.1"
      })
  void aRequestWithMoreInItIsNoToken(String more) {
    assertMalformed(token().followedBy(more).token());
  }

  @ParameterizedTest
  @CsvSource({
    "Action, AssumeRole",
    "Action, GetCallerIdentit%79",
    "Action, getcalleridentity",
    "Version, 2011-06-16",
    "X-Amz-Algorithm, AWS4-HMAC-SHA1",
    "X-Amz-Algorithm, AWS4-ECDSA-P256-SHA256",
    "X-Amz-Expires, 0",
    "X-Amz-Expires, 901",
    "X-Amz-Expires, 9000",
    "X-Amz-Expires, -1",
    "X-Amz-Expires, +60",
    "X-Amz-Date, 20261325T150650Z",
    "X-Amz-Date, 20261125T250650Z",
    "X-Amz-Date, 20261125",
    "X-Amz-SignedHeaders, host",
    "X-Amz-SignedHeaders, x-k8s-aws-id",
    "X-Amz-SignedHeaders, host%3Bx-amz-date%3Bx-k8s-aws-id",
    "X-Amz-SignedHeaders, host%253Bx-k8s-aws-id",
    "X-Amz-SignedHeaders, host;x-k8s-aws-id",
    "X-Amz-Security-Token, a%zz",
    "X-Amz-Security-Token, ''",
    "X-Amz-Signature, 00",
    "X-Amz-Signature, 230CC09D16281BCCE0F3D5027F4162384CABC12EA2AAA05C2A9645666C5BF054",
    "X-Amz-Credential, ASIAEXAMPLEEXAMPLE12%2F20261125%2Fus-east-1%2Fs3%2Faws4_request",
    "X-Amz-Credential, ASIAEXAMPLEEXAMPLE12%2F20261125%2Fus-east-1%2Fsts%2Faws5_request",
    "X-Amz-Credential, ASIAEXAMPLEEXAMPLE12%2F20261124%2Fus-east-1%2Fsts%2Faws4_request",
    "X-Amz-Credential, ASIAEXAMPLEEXAMPLE12/20261125/us-east-1/sts/aws4_request",
    "X-Amz-Credential, ''",
    "X-Amz-Content-Sha256, UNSIGNED-PAYLOAD"
  })
  void aRequestThatAsksForSomethingElseIsNoToken(String name, String value) {
    assertMalformed(token().with(name, value).token());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Action",
        "Version",
        "X-Amz-Algorithm",
        "X-Amz-Date",
        "X-Amz-Expires",
        "X-Amz-SignedHeaders",
        "X-Amz-Signature"
      })
  void aRequestThatLacksSomethingIsNoToken(String name) {
    assertMalformed(token().without(name).token());
  }

  @Test
  void longTermCredentialsHaveNoSessionToken() {
    assertThat(read(token().without("X-Amz-Security-Token").token()).signature()).hasSize(64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "k8s-aws-v1.", "k8s-aws-v1.%%%", "k8s-aws-v2.aHR0cHM6", "aHR0cHM6", "AWS:x"})
  void whatIsNoTokenIsRefused(String text) {
    assertMalformed(text);
  }

  @Test
  void aTokenInPlainBase64IsRead() {
    String url = token().url();
    String padded = Base64.getUrlEncoder().encodeToString(url.getBytes(StandardCharsets.UTF_8));

    assertThat(read("k8s-aws-v1." + padded).url()).isEqualTo(url);
  }

  @Test
  void aTokenThatIsTooLongIsRefused() {
    assertMalformed(token().with("X-Amz-Security-Token", "a".repeat(8192)).token());
  }

  @Test
  void aTokenIsTakenUntilAMinuteAfterItExpires() {
    String token = token().token();
    Instant end = NOW.plusSeconds(60).plus(LoginTokens.CLOCKS_DIFFER);

    assertThat(read(token, StsEndpoint.ofAws(), end.minusSeconds(1)).expiresAt()).isEqualTo(end);
    assertThatThrownBy(() -> read(token, StsEndpoint.ofAws(), end))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("expired");
  }

  @Test
  void aTokenLastsAQuarterOfAnHourAtMost() {
    String token = token().with("X-Amz-Expires", "900").token();

    assertThat(read(token).expiresAt()).isEqualTo(NOW.plus(Duration.ofMinutes(16)));
  }

  @Test
  void aTokenOfTheFutureIsRefused() {
    String token = PresignedToken.at(NOW.plusSeconds(61)).token();

    assertThatThrownBy(() -> read(token))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("future");
    assertThat(read(token, StsEndpoint.ofAws(), NOW.plusSeconds(1)).signature()).hasSize(64);
  }

  @Test
  void anEndpointOfTheOperatorsIsTheOnlyOne() {
    StsEndpoint own = StsEndpoint.at("http://127.0.0.1:5000/");
    String token = token().to("http://127.0.0.1:5000").token();

    assertThat(read(token, own, NOW).url()).startsWith("http://127.0.0.1:5000/?");
    for (String other :
        new String[] {"https://127.0.0.1:5000", "http://127.0.0.1:5001", "http://127.0.0.1", AWS}) {
      String elsewhere = token().to(other).token();
      assertThatThrownBy(() -> read(elsewhere, own, NOW)).isInstanceOf(Refused.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sts.amazonaws.com",
        "https://",
        "https://sts.example/path",
        "https://sts.example?x",
        "https://sts.example#x",
        "https://user@sts.example",
        "ftp://sts.example",
        "https://a b"
      })
  void whatIsNoEndpointIsRefused(String url) {
    assertThatThrownBy(() -> StsEndpoint.at(url)).isInstanceOf(IllegalArgumentException.class);
  }
}
