package dev.berth.core.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.sigv4.Verification.Reason;
import dev.berth.core.sigv4.Verification.Refused;
import dev.berth.core.sigv4.Verification.Verified;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigV4VerifierTest {

  static final String MISMATCH =
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.";

  private static final ExpectedScope ECR =
      new ExpectedScope("ecr", Set.of("us-east-1", "us-west-2")::contains);

  private final TestSigner signer = new TestSigner();

  @Test
  void aSignedRequestIsItsPrincipals() {
    assertThat(verify(signer.sign()))
        .isEqualTo(new Verified(TestSigner.KEY.principal(), "us-east-1", "ecr"));
  }

  @Test
  void anUnknownKeyIsUnrecognized() {
    signer.credential = "AKIDOTHER/20150830/us-east-1/ecr/aws4_request";

    assertRefused(
        signer.sign(),
        Reason.UNRECOGNIZED_CLIENT,
        "The security token included in the request is invalid.");
  }

  @Test
  void anIdThatNoKeyCanHaveIsNotLookedUp() {
    signer.credential = "A".repeat(129) + "/20150830/us-east-1/ecr/aws4_request";

    assertRefusedFor(signer.sign(), Reason.UNRECOGNIZED_CLIENT, "The security token");
  }

  @Test
  void anotherSecretDoesNotMatch() {
    signer.secret = "wrong";

    assertRefused(signer.sign(), Reason.INVALID_SIGNATURE, MISMATCH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          20150830/eu-west-1/ecr/aws4_request | Credential should be scoped to a valid region.
          20150830/us-east-1/s3/aws4_request  | Credential should be scoped to correct service: 'ecr'.
          20150830//ecr/aws4_request          | Credential should be scoped to a valid region.
          20150830/eu-west-1/s3/aws4_request  | Credential should be scoped to a valid region. Credential should be scoped to correct service: 'ecr'.
          20150830/us-east-1/ecr/aws5_request | Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'.
          20150829/us-east-1/ecr/aws4_request | Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150829' != '20150830', from '20150830T123600Z'.
          """)
  void theScopeIsTheServices(String scope, String message) {
    signer.credential = "AKIDEXAMPLE/" + scope;

    assertRefused(signer.sign(), Reason.INVALID_SIGNATURE, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"20150830T123100Z", "20150830T124100Z"})
  void fiveMinutesOffAreAccepted(String time) {
    assertThat(verify(signer.signedAt(time).sign())).isInstanceOf(Verified.class);
  }

  @Test
  void olderIsExpired() {
    assertRefused(
        signer.signedAt("20150830T123059Z").sign(),
        Reason.INVALID_SIGNATURE,
        "Signature expired: 20150830T123059Z is now earlier than 20150830T123100Z (20150830T123600Z"
            + " - 5 min.)");
  }

  @Test
  void newerIsNotYetCurrent() {
    assertRefused(
        signer.signedAt("20150830T124101Z").sign(),
        Reason.INVALID_SIGNATURE,
        "Signature not yet current: 20150830T124101Z is still later than 20150830T124100Z"
            + " (20150830T123600Z + 5 min.)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2015-08-30T12:36:00Z", "20150230T123600Z", "20150830T123600", "now"})
  void aDateIsInBasicFormat(String date) {
    signer.header("x-amz-date", date);

    assertRefused(
        signer.sign(),
        Reason.INCOMPLETE_SIGNATURE,
        "Date must be in ISO-8601 'basic format'. Got '%s'. See http://en.wikipedia.org/wiki/ISO_8601"
            .formatted(date));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sun, 30 Aug 2015 12:36:00 GMT", "20150830T123600Z"})
  void theDateHeaderWillDo(String date) {
    signer.without("x-amz-date").header("date", date);

    assertThat(verify(signer.sign())).isInstanceOf(Verified.class);
  }

  @Test
  void aPresignedRequestIsRefused() {
    var signed = signer.sign();
    var presigned =
        new SignedRequest(
            "POST", "/", "X-Amz-Signature=0&X-Amz-Date=0", signed.headers(), signed.body());

    assertRefused(
        presigned,
        Reason.INVALID_SIGNATURE,
        "Presigned requests are not supported: sign the request in its Authorization header.");
  }

  @Test
  void hostMustBeSigned() {
    signer.without("host");
    var request = signer.sign();
    request.headers().put("host", List.of("ecr.us-east-1.amazonaws.com"));

    assertRefused(
        request,
        Reason.INVALID_SIGNATURE,
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }

  @Test
  void everyAmzHeaderMustBeSigned() {
    var request = signer.sign();
    request.headers().put("x-amz-security-token", List.of("other"));
    request.headers().put("x-amz-cf-id", List.of("added by CloudFront"));

    assertRefused(
        request,
        Reason.INVALID_SIGNATURE,
        "There were headers present in the request which were not signed: x-amz-security-token");
  }

  @Test
  void aSignedHeaderMustBeThere() {
    var request = signer.sign();
    request.headers().remove("content-type");

    assertRefused(
        request,
        Reason.INVALID_SIGNATURE,
        "The signed header 'content-type' is not in the request.");
  }

  @Test
  void oneMoreValueOfASignedHeaderIsRefused() {
    for (String name : List.copyOf(signer.headers.keySet())) {
      var request = signer.sign();
      var values = new ArrayList<>(request.all(name));
      values.add(values.getFirst());
      request.headers().put(name, values);

      assertThat(verify(request)).as(name).isInstanceOf(Refused.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "x-amz-security-token", "x-amz-content-sha256"})
  void aHeaderThatDecidesIsSignedOnce(String name) {
    assertRefused(
        signer.header(name, "one", "two").sign(),
        Reason.INVALID_SIGNATURE,
        "The header '%s' must be sent once.".formatted(name));
  }

  @Test
  void aTruncatedSignatureIsRefused() {
    String valid = signer.sign().all("authorization").getFirst();

    for (int cut = 1; cut < 64; cut++) {
      assertRefused(
          signer.withAuthorization(valid.substring(0, valid.length() - cut)),
          Reason.INVALID_SIGNATURE,
          MISMATCH);
    }
  }

  @Test
  void aSignatureIsInLowerCase() {
    String valid = signer.sign().all("authorization").getFirst();
    String upper = signer.signature().toUpperCase(Locale.ROOT);

    assertRefused(
        signer.withAuthorization(valid.substring(0, valid.length() - 64) + upper),
        Reason.INVALID_SIGNATURE,
        MISMATCH);
  }

  @Test
  void aLineBreakInAHeaderCannotMoveWhatIsSigned() {
    signer.header("content-type", "a").header("x-amz-a", "b");
    var request = signer.sign();
    var smuggled = new TreeMap<>(request.headers());
    smuggled.put("content-type", List.of("a\nhost:elsewhere"));

    assertRefused(
        new SignedRequest("POST", "/", "", smuggled, request.body()),
        Reason.INVALID_SIGNATURE,
        MISMATCH);
  }

  @Test
  void aMethodIsAWord() {
    signer.method = "POST\n/";

    assertRefused(signer.sign(), Reason.INVALID_SIGNATURE, MISMATCH);
  }

  @Test
  void aPathThatWasEncodedTwiceIsAnotherPath() {
    signer.path = "/a%20b";
    signer.canonicalPath = "/a%2520b";
    var request = signer.sign();

    assertThat(verify(request)).isInstanceOf(Verified.class);
    assertRefused(
        new SignedRequest("POST", "/a%2520b", "", request.headers(), request.body()),
        Reason.INVALID_SIGNATURE,
        MISMATCH);
  }

  @Test
  void theHashOfTheBodyMayBeClaimed() throws Exception {
    signer.header("x-amz-content-sha256", TestSigner.hash(signer.body));

    assertThat(verify(signer.sign())).isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UNSIGNED-PAYLOAD",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      })
  void aClaimedHashIsNeverTrusted(String claimed) {
    assertRefused(
        signer.header("x-amz-content-sha256", claimed).sign(),
        Reason.INVALID_SIGNATURE,
        "The provided 'x-amz-content-sha256' header does not match what was computed.");
  }

  @Test
  void aKeyIsPrintedWithoutItsSecret() {
    assertThat(TestSigner.KEY.toString()).isEqualTo("AccessKey[AKIDEXAMPLE]");
  }

  private static final String INVALID_TOKEN =
      "The security token included in the request is invalid.";

  @Test
  void aTemporaryKeyIsGoodWithItsToken() {
    AccessKey key = TestSigner.temporary("token", NOW.plusMillis(1));
    signer.header("x-amz-security-token", "token");

    assertThat(verify(signer.sign(), key)).isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "toke", "token2", "TOKEN"})
  void aTemporaryKeyIsNoGoodWithAnotherToken(String token) {
    AccessKey key = TestSigner.temporary("token", NOW.plusMillis(1));
    signer.header("x-amz-security-token", token);

    assertThat(verify(signer.sign(), key))
        .isEqualTo(new Refused(Reason.UNRECOGNIZED_CLIENT, INVALID_TOKEN));
  }

  @Test
  void aTemporaryKeyIsNoGoodWithoutItsToken() {
    AccessKey key = TestSigner.temporary("token", NOW.plusMillis(1));

    assertThat(verify(signer.sign(), key))
        .isEqualTo(new Refused(Reason.UNRECOGNIZED_CLIENT, INVALID_TOKEN));
  }

  @Test
  void aKeyThatIsNotTemporaryHasNoToken() {
    signer.header("x-amz-security-token", "token");

    assertRefused(signer.sign(), Reason.UNRECOGNIZED_CLIENT, INVALID_TOKEN);
  }

  @Test
  void aTemporaryKeyEnds() {
    signer.header("x-amz-security-token", "token");

    assertThat(verify(signer.sign(), TestSigner.temporary("token", NOW)))
        .isEqualTo(
            new Refused(
                Reason.EXPIRED_TOKEN, "The security token included in the request is expired"));
  }

  private static final Instant NOW = Instant.parse("2015-08-30T12:36:00.999Z");

  static Verification verify(SignedRequest request) {
    return verify(request, SigV4VerifierTest::find);
  }

  private static Verification verify(SignedRequest request, AccessKey key) {
    return verify(request, id -> Optional.of(key));
  }

  private static Verification verify(SignedRequest request, KeyLookup keys) {
    return new SigV4Verifier(Clock.fixed(NOW, ZoneOffset.UTC)).verify(request, ECR, keys);
  }

  private static Optional<AccessKey> find(String id) {
    assertThat(id.length()).isLessThanOrEqualTo(128);
    return Optional.of(TestSigner.KEY).filter(key -> key.id().equals(id));
  }

  static void assertRefused(SignedRequest request, Reason reason, String message) {
    assertThat(verify(request)).isEqualTo(new Refused(reason, message));
  }

  static void assertRefusedFor(SignedRequest request, Reason reason, String beginning) {
    assertThat(verify(request))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.message()).startsWith(beginning);
            });
  }
}
