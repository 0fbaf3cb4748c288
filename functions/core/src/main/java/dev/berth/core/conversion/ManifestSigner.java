package dev.berth.core.conversion;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.secret.SeededRandom;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKey;

/**
 * Signs manifests of Docker's schema 1 with a key of the deployment's, by ES256, in the form of
 * Docker's libtrust. The same manifest gets the same signature each time, so that a HEAD says what
 * a GET does: as in RFC 6979 key and nonces are derived from a secret and what is signed. The
 * derivation is the JDK's own from a seeded source, so another release of the JDK may sign
 * otherwise; a manifest's digest is without its signatures and never changes.
 */
public final class ManifestSigner {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final int COORDINATE = 32;

  private final SecretKey secret;
  private final KeyPair keys;
  private final ObjectNode jwk;

  /**
   * @param secret of {@code Purpose.MANIFEST_SIGNATURE}
   */
  public ManifestSigner(SecretKey secret) {
    this.secret = secret;
    this.keys = keys(secret);
    this.jwk = jwk((ECPublicKey) keys.getPublic());
  }

  private static KeyPair keys(SecretKey secret) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(
          new ECGenParameterSpec("secp256r1"),
          new SeededRandom(secret, "key".getBytes(StandardCharsets.US_ASCII)));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has the curve P-256", e);
    }
  }

  private static ObjectNode jwk(ECPublicKey key) {
    ECPoint point = key.getW();
    ObjectNode jwk = JsonNodeFactory.instance.objectNode();
    jwk.put("crv", "P-256");
    jwk.put("kid", KeyId.of(key));
    jwk.put("kty", "EC");
    jwk.put("x", ENCODER.encodeToString(coordinate(point.getAffineX())));
    jwk.put("y", ENCODER.encodeToString(coordinate(point.getAffineY())));
    return jwk;
  }

  private static byte[] coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] padded = new byte[COORDINATE];
    int length = Math.min(bytes.length, COORDINATE);
    System.arraycopy(bytes, bytes.length - length, padded, COORDINATE - length, length);
    return padded;
  }

  /** The manifest's bytes, with the signature in them. */
  public byte[] sign(Schema1Image.Unsigned manifest) {
    byte[] payload = manifest.payload();
    int length = payload.length - 1;
    ObjectNode format = JsonNodeFactory.instance.objectNode();
    format.put("formatLength", length);
    format.put("formatTail", encode(Arrays.copyOfRange(payload, length, payload.length)));
    format.put("time", manifest.created());
    String header = encode(format.toString().getBytes(StandardCharsets.UTF_8));
    ObjectNode signature = JsonNodeFactory.instance.objectNode();
    signature.putObject("header").put("alg", "ES256").set("jwk", jwk);
    signature.put("signature", encode(signature(header + "." + encode(payload))));
    signature.put("protected", header);
    byte[] tail = (",\"signatures\":[" + signature + "]}").getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(length + tail.length).put(payload, 0, length).put(tail).array();
  }

  private static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  private byte[] signature(String input) {
    byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
    try {
      var signer = Signature.getInstance("SHA256withECDSAinP1363Format");
      signer.initSign(keys.getPrivate(), new SeededRandom(secret, bytes));
      signer.update(bytes);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs by ES256", e);
    }
  }
}
