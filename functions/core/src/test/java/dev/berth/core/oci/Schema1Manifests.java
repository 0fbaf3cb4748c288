package dev.berth.core.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/** Manifests of schema 1 for tests, signed by keys of every kind. */
final class Schema1Manifests {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private Schema1Manifests() {}

  static String unsigned(Digest... layers) {
    return """
    {
       "schemaVersion": 1,
       "name": "team/app",
       "tag": "1",
       "architecture": "amd64",
       "fsLayers": [%s],
       "history": [%s]
    }\
    """
        .formatted(
            list("{\"blobSum\": \"%s\"}", layers),
            list("{\"v1Compatibility\": \"{\\\"id\\\":\\\"%s\\\"}\"}", layers));
  }

  private static String list(String each, Digest... layers) {
    return Arrays.stream(layers).map(each::formatted).collect(Collectors.joining(","));
  }

  /** What signs, and how it is written down. */
  record Key(String algorithm, String jdkAlgorithm, KeyPair pair, String jwk) {

    static Key onCurve(String crv, String jdkCurve, String algorithm, String hash)
        throws GeneralSecurityException {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(jdkCurve));
      KeyPair pair = generator.generateKeyPair();
      var point = ((ECPublicKey) pair.getPublic()).getW();
      String jwk =
          "{\"kty\": \"EC\", \"crv\": \"%s\", \"x\": \"%s\", \"y\": \"%s\"}"
              .formatted(crv, number(point.getAffineX()), number(point.getAffineY()));
      return new Key(algorithm, hash + "withECDSAinP1363Format", pair, jwk);
    }

    static Key rsa(int bits, String algorithm, String hash) throws GeneralSecurityException {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      KeyPair pair = generator.generateKeyPair();
      var key = (RSAPublicKey) pair.getPublic();
      String jwk =
          "{\"kty\": \"RSA\", \"n\": \"%s\", \"e\": \"%s\"}"
              .formatted(number(key.getModulus()), number(key.getPublicExponent()));
      return new Key(algorithm, hash + "withRSA", pair, jwk);
    }

    private static String number(BigInteger number) {
      return ENCODER.encodeToString(number.toByteArray());
    }

    /** A signature of the payload as Docker writes it. */
    String signature(String payload) throws GeneralSecurityException {
      int length = payload.lastIndexOf("\n}");
      String header =
          Schema1Manifests.encode(
              "{\"formatLength\": %d, \"formatTail\": \"%s\", \"time\": \"2015-01-01T00:00:00Z\"}"
                  .formatted(length, Schema1Manifests.encode(payload.substring(length))));
      var signer = Signature.getInstance(jdkAlgorithm);
      signer.initSign(pair.getPrivate());
      signer.update((header + "." + Schema1Manifests.encode(payload)).getBytes(UTF_8));
      return "{\"header\": {\"jwk\": %s, \"alg\": \"%s\"}, \"signature\": \"%s\", \"protected\": \"%s\"}"
          .formatted(jwk, algorithm, ENCODER.encodeToString(signer.sign()), header);
    }
  }

  static String encode(String text) {
    return ENCODER.encodeToString(text.getBytes(UTF_8));
  }

  /** A payload with signatures in its end. */
  static String signed(String payload, String... signatures) {
    return payload.substring(0, payload.lastIndexOf("\n}"))
        + ",\n   \"signatures\": ["
        + String.join(",", signatures)
        + "]\n}";
  }
}
