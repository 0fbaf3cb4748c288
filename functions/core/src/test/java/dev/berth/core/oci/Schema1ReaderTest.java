package dev.berth.core.oci;

import static dev.berth.core.oci.Schema1Manifests.encode;
import static dev.berth.core.oci.Schema1Manifests.signed;
import static dev.berth.core.oci.Schema1Manifests.unsigned;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Schema1Manifests.Key;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class Schema1ReaderTest {

  private static final String PAYLOAD =
      unsigned(Manifests.LAYER, Manifests.OTHER_LAYER, Manifests.LAYER);

  private static Key key;

  @BeforeAll
  static void makeKey() throws GeneralSecurityException {
    key = Key.onCurve("P-256", "secp256r1", "ES256", "SHA256");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {MediaTypes.DOCKER_SCHEMA1, "application/json", "application/json; charset=utf-8"})
  void anUnsignedManifestIsDigestedWhole(String contentType) {
    Manifest manifest = read(PAYLOAD, contentType);

    assertThat(manifest.mediaType()).isEqualTo(MediaTypes.DOCKER_SCHEMA1);
    assertThat(manifest.digested(PAYLOAD.getBytes(UTF_8))).asString(UTF_8).isEqualTo(PAYLOAD);
    assertThat(manifest.blobs()).containsExactly(Manifests.LAYER, Manifests.OTHER_LAYER);
    assertThat(manifest.children()).isEmpty();
    assertThat(manifest.artifactType()).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {MediaTypes.DOCKER_SCHEMA1, MediaTypes.DOCKER_SCHEMA1_SIGNED, "application/json"})
  void aSignedManifestIsDigestedWithoutItsSignatures(String contentType) throws Exception {
    String sent = signed(PAYLOAD, key.signature(PAYLOAD));
    Manifest manifest = read(sent, contentType);

    assertThat(manifest.mediaType()).isEqualTo(MediaTypes.DOCKER_SCHEMA1_SIGNED);
    assertThat(manifest.digested(sent.getBytes(UTF_8))).asString(UTF_8).isEqualTo(PAYLOAD);
    assertThat(((Schema1Manifest) manifest).layers())
        .containsExactly(Manifests.LAYER, Manifests.OTHER_LAYER, Manifests.LAYER);
  }

  static Stream<Key> keys() throws GeneralSecurityException {
    return Stream.of(
        key,
        Key.onCurve("P-384", "secp384r1", "ES384", "SHA384"),
        Key.onCurve("P-521", "secp521r1", "ES512", "SHA512"),
        Key.rsa(2048, "RS256", "SHA256"),
        Key.rsa(2048, "RS384", "SHA384"),
        Key.rsa(2048, "RS512", "SHA512"));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyKindOfKeyThatDockerKnowsIsVerified(Key kind) throws Exception {
    String sent = signed(PAYLOAD, kind.signature(PAYLOAD), key.signature(PAYLOAD));

    assertThat(read(sent, null).digested(new byte[0])).asString(UTF_8).isEqualTo(PAYLOAD);
    String damaged = sent.replace("amd64", "arm64");
    assertRefused(damaged, "signatures[0].signature is not a signature of the manifest");
  }

  /** What CNCF's distribution 2.8.2 makes of an image, and the digest that it says this has. */
  @Test
  void aManifestThatAnotherRegistrySignedIsRead() throws Exception {
    byte[] sent;
    try (var in = Schema1ReaderTest.class.getResourceAsStream("schema1-by-docker-registry.json")) {
      sent = in.readAllBytes();
    }
    Manifest manifest = ManifestReader.read(sent, Optional.of(MediaTypes.DOCKER_SCHEMA1_SIGNED));

    assertThat(Digest.sha256(manifest.digested(sent)))
        .hasToString("sha256:c3629c431d10a4e40cf20a6616db1924d4d5edf44eab59e4b0b6c1ba7fc1722a");
    assertThat(manifest.blobs()).hasSize(2);
  }

  @Test
  void aSignatureOfAnotherAlgorithmIsRefused() throws Exception {
    String signature = key.signature(PAYLOAD).replace("ES256", "RS256");

    assertRefused(signed(PAYLOAD, signature), "by algorithm 'RS256' and the key in");
  }

  @Test
  void everySignatureHasToBeGood() throws Exception {
    String other = key.signature(PAYLOAD.replace("amd64", "arm64"));

    assertRefused(
        signed(PAYLOAD, key.signature(PAYLOAD), other),
        "signatures[1].signature is not a signature of the manifest");
  }

  @Test
  void whatIsAroundTheSignedPayloadMayNotDiffer() throws Exception {
    String sent = signed(PAYLOAD, key.signature(PAYLOAD));
    String more = sent.substring(0, sent.length() - 1) + ", \"tag\": \"2\"}";
    String other = sent.substring(0, sent.length() - 1) + ", \"more\": \"2\"}";

    assertRefused(more, "the manifest is not valid JSON: 'Duplicate");
    assertRefused(other, "the manifest differs from the payload of its signatures");
  }

  @Test
  void aPayloadThatIsNotInTheManifestIsRefused() {
    String header =
        encode("{\"formatLength\": 0, \"formatTail\": \"%s\"}".formatted(encode(PAYLOAD)));
    String signature =
        "{\"header\": {\"jwk\": %s, \"alg\": \"ES256\"}, \"signature\": \"AA\", \"protected\": \"%s\"}"
            .formatted(key.jwk(), header);

    assertRefused(signed(PAYLOAD, signature), "is not a signature of the manifest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "[{}]",
        "[1]",
        "[{\"protected\": \"!\"}]",
        "[{\"protected\": \"e30\"}]",
        "[{\"protected\": \"eyJmb3JtYXRMZW5ndGgiOjk5OTk5OTk5LCJmb3JtYXRUYWlsIjoiQUEifQ\"}]",
        "[{\"protected\": \"eyJmb3JtYXRMZW5ndGgiOi0xLCJmb3JtYXRUYWlsIjoiQUEifQ\"}]",
        "[{\"protected\": \"eyJmb3JtYXRMZW5ndGgiOjEsImZvcm1hdFRhaWwiOiJBQSJ9\", \"header\":"
            + " {\"alg\": \"none\", \"jwk\": {\"kty\": \"oct\"}}}]"
      })
  void signaturesThatAreNoneAreRefused(String signatures) {
    assertRefused(
        PAYLOAD.substring(0, PAYLOAD.length() - 1) + ", \"signatures\": " + signatures + "}",
        "signatures");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kty\": \"EC\", \"crv\": \"P-256\", \"x\": \"AQ\", \"y\": \"AQ\"}",
        "{\"kty\": \"EC\", \"crv\": \"P-192\", \"x\": \"AQ\", \"y\": \"AQ\"}",
        "{\"kty\": \"RSA\", \"n\": \"AQ\", \"e\": \"AQAB\"}",
        "{\"kty\": \"RSA\", \"n\": \"AQ\"}",
        "{\"kty\": \"oct\", \"k\": \"AQ\"}",
        "{}"
      })
  void keysThatAreNoneAreRefused(String jwk) throws Exception {
    assertRefused(signed(PAYLOAD, key.signature(PAYLOAD).replace(key.jwk(), jwk)), "header.jwk");
  }

  @Test
  void aKeyThatIsExpensiveToVerifyByIsRefused() throws Exception {
    String jwk = "{\"kty\": \"RSA\", \"n\": \"%s\", \"e\": \"AQAB\"}".formatted("_".repeat(11_000));

    assertRefused(
        signed(PAYLOAD, key.signature(PAYLOAD).replace(key.jwk(), jwk)),
        "signatures[0].header.jwk.n has more than 8192 bits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AQAB", "AA", "AQ", "Ag", "_____w"})
  void anRsaKeyThatMakesNoSenseVerifiesNothing(String exponent) throws Exception {
    String even = Base64.getUrlEncoder().encodeToString(BigInteger.TWO.pow(2047).toByteArray());
    String jwk = "{\"kty\": \"RSA\", \"n\": \"%s\", \"e\": \"%s\"}".formatted(even, exponent);
    String signature = key.signature(PAYLOAD).replace(key.jwk(), jwk).replace("ES256", "RS256");

    assertRefused(signed(PAYLOAD, signature), "signatures[0].header.jwk");
  }

  @Test
  void moreSignaturesThanEightAreRefused() throws Exception {
    String[] signatures = Stream.generate(() -> "{}").limit(9).toArray(String[]::new);

    assertRefused(signed(PAYLOAD, signatures), "signatures has 9 entries, at most 8");
  }

  @Test
  void aManifestThatIsSaidToBeSignedHasSignatures() {
    assertThatThrownBy(() -> read(PAYLOAD, MediaTypes.DOCKER_SCHEMA1_SIGNED))
        .isInstanceOf(ManifestException.class)
        .hasMessageStartingWith("signatures is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"schemaVersion\": 2, \"fsLayers\": [], \"history\": []}",
        "{\"schemaVersion\": 1, \"fsLayers\": [], \"history\": []}",
        "{\"schemaVersion\": 1, \"fsLayers\": [{\"blobSum\": \"md5:0\"}], \"history\": [{}]}",
        "{\"schemaVersion\": 1, \"fsLayers\": [{}], \"history\": [{}]}",
        "{\"schemaVersion\": 1, \"fsLayers\": {}}",
        "{\"schemaVersion\": 1, \"fsLayers\": [], \"history\": [], \"config\": {}}"
      })
  void whatIsNotOfSchema1IsRefused(String json) {
    assertThatThrownBy(() -> read(json, MediaTypes.DOCKER_SCHEMA1))
        .isInstanceOf(ManifestException.class);
  }

  @Test
  void historyHasAsManyEntriesAsThereAreLayers() {
    String uneven = PAYLOAD.replaceFirst("\"history\": \\[\\{[^}]*}[^}]*},", "\"history\": [");

    assertRefused(uneven, "fsLayers has 3 entries and history 2");
  }

  private static Manifest read(String json, String contentType) {
    return ManifestReader.read(json.getBytes(UTF_8), Optional.ofNullable(contentType));
  }

  private static void assertRefused(String json, String words) {
    assertThatThrownBy(() -> read(json, null))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining(words);
  }
}
