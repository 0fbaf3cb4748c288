package dev.berth.core.sigv4;

import static dev.berth.core.sigv4.SigV4VerifierTest.assertRefused;
import static dev.berth.core.sigv4.SigV4VerifierTest.assertRefusedFor;

import dev.berth.core.sigv4.Verification.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationTest {

  private final TestSigner signer = new TestSigner();

  @Test
  void noAuthorizationIsMissing() {
    var request = signer.sign();
    request.headers().remove("authorization");

    assertRefused(request, Reason.MISSING_AUTHENTICATION_TOKEN, "Missing Authentication Token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic QVdTOnNlY3JldA==", "Bearer x", "AWS4-HMAC-SHA256"})
  void everyPartThatIsMissingIsNamed(String authorization) {
    assertRefused(
        signer.without("x-amz-date").withAuthorization(authorization),
        Reason.INCOMPLETE_SIGNATURE,
        "Authorization header requires 'Credential' parameter. Authorization header requires"
            + " 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter."
            + " Authorization header requires existence of either a 'X-Amz-Date' or a 'Date'"
            + " header.");
  }

  @Test
  void onlyThePartThatIsMissingIsNamed() {
    assertRefused(
        signer.withAuthorization(
            "AWS4-HMAC-SHA256 Credential=%s,SignedHeaders=host,Signature="
                .formatted(signer.credential)),
        Reason.INCOMPLETE_SIGNATURE,
        "Authorization header requires 'Signature' parameter.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS4-HMAC-SHA1", "AWS4-ECDSA-P256-SHA256", "AWS4-HMAC-SHA256-PAYLOAD"})
  void anotherAlgorithmIsRefused(String algorithm) {
    signer.algorithm = algorithm;

    assertRefused(
        signer.sign(),
        Reason.INCOMPLETE_SIGNATURE,
        "Unsupported AWS 'algorithm': '%s'".formatted(algorithm));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Credential=other", "Signature=00", "Algorithm=none"})
  void aPartThatIsThereTwiceOrUnknownIsRefused(String part) {
    String valid = signer.sign().all("authorization").getFirst();

    assertRefusedFor(
        signer.withAuthorization(valid + ", " + part),
        Reason.INCOMPLETE_SIGNATURE,
        "Authorization header takes each of Credential, Signature, SignedHeaders once");
  }

  @Test
  void aPartThatIsNoPairIsNamed() {
    assertRefused(
        signer.withAuthorization("AWS4-HMAC-SHA256 Credential"),
        Reason.INCOMPLETE_SIGNATURE,
        "'Credential' not a valid key=value pair (missing equal-sign) in Authorization header.");
  }

  @Test
  void aCredentialHasFiveElements() {
    assertRefused(
        signer.withAuthorization(
            "AWS4-HMAC-SHA256 Credential=a/20150830/us-east-1/ecr, SignedHeaders=host,"
                + " Signature=0"),
        Reason.INCOMPLETE_SIGNATURE,
        "Credential must have exactly 5 slash-delimited elements, e.g."
            + " keyid/date/region/service/term, got 'a/20150830/us-east-1/ecr'");
  }

  @Test
  void twoAuthorizationHeadersAreRefused() {
    String valid = signer.sign().all("authorization").getFirst();

    assertRefused(
        signer.withAuthorization(valid, valid),
        Reason.INCOMPLETE_SIGNATURE,
        "The header 'Authorization' must be sent once.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host;content-type",
        "host;host",
        "Host",
        "host;",
        ";host",
        "host;;x-amz-date",
        "host; x-amz-date",
        "host:x"
      })
  void signedHeadersAreSortedLowerCaseNames(String names) {
    assertRefused(
        signer.withAuthorization(
            "AWS4-HMAC-SHA256 Credential=%s, SignedHeaders=%s, Signature=0"
                .formatted(signer.credential, names)),
        Reason.INVALID_SIGNATURE,
        "SignedHeaders must be header names in lower case, sorted, each once, separated by ';'.");
  }
}
