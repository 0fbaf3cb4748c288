package dev.berth.core.sigv4;

import static dev.berth.core.sigv4.SigV4VerifierTest.MISMATCH;
import static dev.berth.core.sigv4.SigV4VerifierTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.sigv4.Verification.Reason;
import dev.berth.core.sigv4.Verification.Refused;
import dev.berth.core.sigv4.Verification.Verified;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What somebody can try who has seen a request that another signed, and has not its secret. {@link
 * SigV4VerifierTest}, {@link AuthorizationTest} and {@link SigV4MutationTest} have the rest.
 */
class AttackTest {

  private static final Instant SIGNED_AT = Instant.parse("2015-08-30T12:36:00Z");

  private final TestSigner signer = new TestSigner();
  private final SignedRequest captured = signer.sign();

  private Map<String, List<String>> headers() {
    return new TreeMap<>(captured.headers());
  }

  private SignedRequest with(String name, String... values) {
    var headers = headers();
    headers.put(name, List.of(values));
    return new SignedRequest("POST", "/", "", headers, captured.body());
  }

  private SignedRequest reworded(String from, String to) {
    String authorization = captured.all("authorization").getFirst();
    assertThat(authorization).contains(from);
    return with("authorization", authorization.replace(from, to));
  }

  private static void assertMismatch(SignedRequest request) {
    assertRefused(request, Reason.INVALID_SIGNATURE, MISMATCH);
  }

  private static Verification at(Instant instant, SignedRequest request) {
    return new SigV4Verifier(Clock.fixed(instant, ZoneOffset.UTC))
        .verify(
            request,
            new ExpectedScope("ecr", "us-east-1"::equals),
            id -> Optional.of(TestSigner.KEY));
  }

  @Test
  void anIdenticalRequestIsAcceptedAgainForFiveMinutesAsAwsAcceptsItAndNeverAfterThem() {
    Instant end = SIGNED_AT.plus(Duration.ofMinutes(5));

    assertThat(at(SIGNED_AT, captured)).isInstanceOf(Verified.class);
    assertThat(at(end, captured)).isInstanceOf(Verified.class);
    assertThat(at(end.plusSeconds(1), captured)).isInstanceOf(Refused.class);
    assertThat(at(end.plus(Duration.ofDays(365)), captured)).isInstanceOf(Refused.class);
  }

  @Test
  void aReplayedSignatureIsNoGoodForAnotherBodyOrOperation() {
    byte[] other = "{\"repositoryName\":\"other\"}".getBytes(StandardCharsets.UTF_8);

    assertMismatch(new SignedRequest("POST", "/", "", headers(), other));
    assertMismatch(new SignedRequest("POST", "/", "", headers(), new byte[0]));
    assertMismatch(new SignedRequest("GET", "/", "", headers(), captured.body()));
    assertMismatch(with("x-amz-target", "AmazonEC2ContainerRegistry_V20150921.DeleteRepository"));
    assertMismatch(with("host", "ecr.us-west-2.amazonaws.com"));
  }

  @Test
  void aCapturedRequestCannotBeRedated() {
    assertMismatch(with("x-amz-date", "20150830T123601Z"));
    var headers = headers();
    headers.remove("x-amz-date");
    headers.put("date", List.of("20150830T123601Z"));
    headers.put(
        "authorization",
        List.of(captured.all("authorization").getFirst().replace(";x-amz-date;", ";")));

    assertMismatch(new SignedRequest("POST", "/", "", headers, captured.body()));
  }

  @Test
  void aDateThatIsNotSignedDoesNotRedateEither() {
    assertThat(SigV4VerifierTest.verify(with("date", "Mon, 31 Aug 2015 12:36:00 GMT")))
        .isInstanceOf(Verified.class);
    signer.without("x-amz-date");
    signer.header("date", signer.date);
    var dated = signer.sign();
    dated.headers().put("x-amz-date", List.of("20150830T123601Z"));

    assertThat(SigV4VerifierTest.verify(dated)).isInstanceOf(Refused.class);
  }

  /** The scope is one that the verifier takes, so it is the signature that tells. */
  @Test
  void aSignatureIsNoGoodInAnotherScope() {
    assertMismatch(reworded("/us-east-1/ecr/", "/us-west-2/ecr/"));

    signer.scopedTo("iam");
    String iam = signer.sign().all("authorization").getFirst();
    assertMismatch(with("authorization", iam.replace("/iam/", "/ecr/")));
  }

  @Test
  void aSignatureOfYesterdayIsNoGoodToday() {
    signer.signedAt("20150829T123600Z");
    var yesterday = signer.sign();
    var headers = new TreeMap<>(yesterday.headers());
    headers.put("x-amz-date", List.of("20150830T123600Z"));
    headers.put(
        "authorization",
        List.of(yesterday.all("authorization").getFirst().replace("/20150829/", "/20150830/")));

    assertMismatch(new SignedRequest("POST", "/", "", headers, yesterday.body()));
  }

  @Test
  void aSignatureOfOneKeyIsNoGoodForAnother() {
    var other = new AccessKey("AKIDOTHER", "another secret", TestSigner.KEY.principal());
    var request = reworded("AKIDEXAMPLE", "AKIDOTHER");
    var verifier = new SigV4Verifier(Clock.fixed(SIGNED_AT, ZoneOffset.UTC));

    assertThat(
            verifier.verify(
                request, new ExpectedScope("ecr", "us-east-1"::equals), id -> Optional.of(other)))
        .isEqualTo(new Refused(Reason.INVALID_SIGNATURE, MISMATCH));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws4-hmac-sha256",
        "AWS4-HMAC-SHA256X",
        "AWS4-HMAC-SHA512",
        "AWS4-ECDSA-P256-SHA256",
        "AWS4-NONE",
        "AWS3-HTTPS",
        "AWS",
        "Bearer"
      })
  void aSignatureUnderTheNameOfAnotherAlgorithmIsRefused(String name) {
    assertThat(SigV4VerifierTest.verify(reworded("AWS4-HMAC-SHA256 ", name + " ")))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.INCOMPLETE_SIGNATURE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "null",
        "\u0000"
      })
  void aForgedSignatureIsRefused(String forged) {
    assertThat(SigV4VerifierTest.verify(reworded(signer.signature(), forged)))
        .isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "00", " 0", "%00", "=", "/"})
  void aSignatureWithMoreBehindItIsRefused(String more) {
    assertThat(SigV4VerifierTest.verify(reworded(signer.signature(), signer.signature() + more)))
        .isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"content-type;", ";x-amz-target", ";x-amz-date"})
  void aHeaderIsNotTakenOutOfTheSignedOnes(String name) {
    assertThat(SigV4VerifierTest.verify(reworded(name, ""))).isInstanceOf(Refused.class);
  }

  @Test
  void aHeaderIsNotAddedToTheSignedOnes() {
    var headers = headers();
    headers.put("x-amz-z", List.of("smuggled"));
    headers.put(
        "authorization",
        List.of(
            captured
                .all("authorization")
                .getFirst()
                .replace(";x-amz-target", ";x-amz-target;x-amz-z")));

    assertMismatch(new SignedRequest("POST", "/", "", headers, captured.body()));
  }

  /** The canonical text would be the same where a value could hold the lines of two headers. */
  @Test
  void twoSignedHeadersAreNotMergedIntoOne() {
    signer.header("x-amz-a", "1").header("x-amz-b", "2");
    var request = signer.sign();
    var headers = new TreeMap<>(request.headers());
    headers.put("x-amz-a", List.of("1\nx-amz-b:2"));
    headers.remove("x-amz-b");
    headers.put(
        "authorization", List.of(request.all("authorization").getFirst().replace(";x-amz-b", "")));

    assertMismatch(new SignedRequest("POST", "/", "", headers, request.body()));
  }

  /** One value with a comma and two values are signed alike, so whoever reads them has to count. */
  @Test
  void aHeaderThatDecidesIsNotSplitAtItsComma() {
    for (String name : List.of("host", "x-amz-date", "x-amz-security-token")) {
      var split = new TestSigner().header(name, "a,b").sign();
      split.headers().put(name, List.of("a", "b"));

      assertThat(SigV4VerifierTest.verify(split)).as(name).isInstanceOf(Refused.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/%252e%252e/",
        "/%2e%2e/v2/a",
        "/v2/a%2Fb",
        "/v2/a%252Fb",
        "/v2/a/..%2F",
        "/v2/a%00",
        "/v2/a;b",
        "/v2//a%20"
      })
  void aPathThatIsSpelledOtherwiseIsAnotherPath(String path) {
    signer.path = "/v2/a/b";
    signer.canonicalPath = "/v2/a/b";
    var request = signer.sign();
    assertThat(SigV4VerifierTest.verify(request)).isInstanceOf(Verified.class);

    assertMismatch(new SignedRequest("POST", path, "", request.headers(), request.body()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=1", "X-Amz-Target=Other", "a", "%00", "=&="})
  void aQueryIsNotAdded(String query) {
    assertMismatch(new SignedRequest("POST", "/", query, headers(), captured.body()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Amz-Signature=0",
        "x-amz-signature=0",
        "a=b&X-Amz-Credential=c",
        "X-Amz-Algorithm"
      })
  void aHeadersSignatureDoesNotCoverForAQuerys(String query) {
    assertThat(
            SigV4VerifierTest.verify(
                new SignedRequest("POST", "/", query, headers(), captured.body())))
        .isInstanceOf(Refused.class);
  }

  @Test
  void theTokenOfOneSessionIsNoGoodWithTheKeyOfAnother() {
    signer.header("x-amz-security-token", "token of another session");
    AccessKey key = TestSigner.temporary("token", SIGNED_AT.plusSeconds(60));
    var verifier = new SigV4Verifier(Clock.fixed(SIGNED_AT, ZoneOffset.UTC));

    assertThat(
            verifier.verify(
                signer.sign(),
                new ExpectedScope("ecr", "us-east-1"::equals),
                id -> Optional.of(key)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.UNRECOGNIZED_CLIENT));
  }

  @Test
  void whatIsRefusedSaysNothingOfTheSecretOrTheSignature() {
    var refused = (Refused) SigV4VerifierTest.verify(with("x-amz-target", "other"));

    assertThat(refused.toString())
        .doesNotContain(TestSigner.KEY.secret())
        .doesNotContainPattern("[0-9a-f]{64}");
  }
}
