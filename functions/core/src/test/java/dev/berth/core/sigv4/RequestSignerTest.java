package dev.berth.core.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.sigv4.RequestSigner.Credentials;
import dev.berth.core.sigv4.Verification.Refused;
import dev.berth.core.sigv4.Verification.Verified;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSignerTest {

  private static final Instant THEN = Instant.parse("2015-08-30T12:36:00.7Z");
  private static final Instant NOW = Instant.parse("2015-08-30T12:37:00Z");
  private static final String TOKEN = "FwoGZXIvYXdzEXAMPLE//token==";

  private static final Credentials KEY =
      new Credentials(TestSigner.KEY.id(), TestSigner.KEY.secret(), Optional.empty());
  private static final Credentials TEMPORARY =
      new Credentials(TestSigner.KEY.id(), TestSigner.KEY.secret(), Optional.of(TOKEN));

  private final RequestSigner signer = new RequestSigner(KEY, "ecr", "us-west-2");

  /** Of AWS's Signature Version 4 test suite, as {@link PublishedVectorsTest} has them. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get-vanilla|GET|/||5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
          get-vanilla-query-order-key-case|GET|/|Param2=value2&Param1=value1|b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500
          get-slashes|GET|//example//||9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84
          post-vanilla|POST|/||5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b
          post-vanilla-query|POST|/|Param1=value1|28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11
          """)
  void theSignatureIsThePublishedOne(
      String name, String method, String path, String query, String signature) {
    var request =
        new SignedRequest(
            method,
            path,
            Optional.ofNullable(query).orElse(""),
            Map.of("host", List.of("example.amazonaws.com")),
            new byte[0]);

    assertThat(
            new RequestSigner(KEY, "service", "us-east-1").sign(request, THEN).all("authorization"))
        .containsExactly(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders=host;x-amz-date, Signature="
                + signature);
  }

  /** The request that botocore signed in {@link PublishedVectorsTest}. */
  @Test
  void theSignatureIsThatOfBotocore() {
    String body =
        """
        {"repositoryName": "app/web", "tags": [{"Key": "team", "Value": "gr\\u00f6\\u00dfe"}]}\
        """;

    assertThat(signature(signer.sign(request("localhost:4510", body), THEN)))
        .isEqualTo("545d079461766730f1edd4206de868e1ece33a6f13d82adb058f5d396e3ec1d6");
    assertThat(
            signature(
                new RequestSigner(TEMPORARY, "ecr", "us-west-2")
                    .sign(request("localhost:4510", body), THEN)))
        .isEqualTo("9a8aa154bb5a05a3879aea8d3e237bb7da75b2472be3f2b32e6edc883fd35bc9");
  }

  @Test
  void whatIsSignedIsVerified() {
    assertThat(verify(signer.sign(request("host", "{\"ü\": 1}"), THEN), TestSigner.KEY))
        .isEqualTo(new Verified(TestSigner.KEY.principal(), "us-west-2", "ecr"));
  }

  @Test
  void aTemporaryKeyShowsItsToken() {
    SignedRequest signed =
        new RequestSigner(TEMPORARY, "ecr", "us-west-2").sign(request("host", ""), THEN);

    assertThat(verify(signed, TestSigner.temporary(TOKEN, NOW.plusSeconds(1))))
        .isInstanceOf(Verified.class);
  }

  @Test
  void noHeaderAndNoByteOfTheBodyMayChange() {
    SignedRequest signed = signer.sign(request("host", "body"), THEN);
    for (String name : signed.headers().keySet()) {
      var changed = new TreeMap<>(signed.headers());
      changed.put(name, List.of(signed.all(name).getFirst() + "x"));

      assertThat(verify(with(signed, changed, "body"), TestSigner.KEY))
          .as(name)
          .isInstanceOf(Refused.class);
    }
    assertThat(verify(with(signed, signed.headers(), "bodY"), TestSigner.KEY))
        .isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization", "x-amz-date", "date", "x-amz-security-token", "Accept"})
  void whatWouldBeSignedTwoWaysIsRefused(String name) {
    var headers = new TreeMap<>(request("host", "").headers());
    headers.put(name, List.of("x"));
    var request = with(request("host", ""), headers, "");

    assertThatThrownBy(() -> signer.sign(request, THEN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRequestHasAHost() {
    var request = new SignedRequest("POST", "/", "", Map.of(), new byte[0]);

    assertThatThrownBy(() -> signer.sign(request, THEN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void credentialsArePrintedWithoutTheirSecrets() {
    assertThat(new RequestSigner(TEMPORARY, "ecr", "us-west-2").toString())
        .doesNotContain(TOKEN, TestSigner.KEY.secret());
  }

  private static SignedRequest request(String host, String body) {
    return new SignedRequest(
        "POST",
        "/",
        "",
        Map.of(
            "host", List.of(host),
            "content-type", List.of("application/x-amz-json-1.1"),
            "x-amz-target", List.of("AmazonEC2ContainerRegistry_V20150921.CreateRepository")),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static SignedRequest with(
      SignedRequest request, Map<String, List<String>> headers, String body) {
    return new SignedRequest(
        request.method(),
        request.path(),
        request.rawQuery(),
        headers,
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static String signature(SignedRequest signed) {
    return signed.all("authorization").getFirst().replaceFirst(".*Signature=", "");
  }

  private static Verification verify(SignedRequest request, AccessKey key) {
    return new SigV4Verifier(Clock.fixed(NOW, ZoneOffset.UTC))
        .verify(request, new ExpectedScope("ecr", any -> true), id -> Optional.of(key));
  }
}
