package dev.berth.lambda.oci;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What Docker before 1.10 does with a signed manifest that it was sent. */
final class OldClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Decoder BASE64 = Base64.getUrlDecoder();

  private OldClient() {}

  /**
   * Verifies the manifest's signature, and the chain of its history.
   *
   * @return the payload, which the digest is of
   */
  static byte[] verified(byte[] manifest) throws IOException, GeneralSecurityException {
    JsonNode signature = JSON.readTree(manifest).at("/signatures/0");
    String header = signature.path("protected").asText();
    byte[] payload = payload(manifest, JSON.readTree(BASE64.decode(header)));
    var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
    verifier.initVerify(key(signature.at("/header/jwk")));
    String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(payload);
    verifier.update((header + "." + encoded).getBytes(US_ASCII));
    assertThat(verifier.verify(BASE64.decode(signature.path("signature").asText()))).isTrue();
    assertChained(JSON.readTree(payload).path("history"));
    return payload;
  }

  private static byte[] payload(byte[] manifest, JsonNode format) {
    var payload = new ByteArrayOutputStream();
    payload.write(manifest, 0, format.path("formatLength").asInt());
    payload.writeBytes(BASE64.decode(format.path("formatTail").asText()));
    return payload.toByteArray();
  }

  private static PublicKey key(JsonNode jwk) throws GeneralSecurityException {
    var parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    var point = new ECPoint(number(jwk.path("x")), number(jwk.path("y")));
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger number(JsonNode text) {
    return new BigInteger(1, BASE64.decode(text.asText()));
  }

  private static void assertChained(JsonNode history) throws IOException {
    String below = "";
    for (int i = history.size() - 1; i >= 0; i--) {
      JsonNode step = JSON.readTree(history.get(i).path("v1Compatibility").asText());
      assertThat(step.path("parent").asText("")).isEqualTo(below);
      below = step.path("id").asText();
    }
  }

  /** The layers that a manifest names, as often as it does. */
  static List<Digest> layers(byte[] payload) throws IOException {
    List<Digest> layers = new ArrayList<>();
    for (JsonNode layer : JSON.readTree(new String(payload, UTF_8)).path("fsLayers")) {
      layers.add(Digest.parse(layer.path("blobSum").asText()).orElseThrow());
    }
    return layers;
  }
}
